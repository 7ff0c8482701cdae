#pragma once

/// A directory of its own for a test that works on files.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <system_error>

/// Created empty, removed with all that is in it.
class directory {
public:
    directory() {
        std::random_device random;
        do
            path_ = std::filesystem::temp_directory_path() / ("simdact-test-" + std::to_string(random()));
        while (!create_directory(path_));
    }
    ~directory() {
        std::error_code ignored;
        remove_all(path_, ignored);
    }
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }
    std::string read(const std::string& name) const {
        std::ifstream in(path_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// Every file with its content.
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(path_))
            found[entry.path().filename().string()] =
                entry.is_regular_file() ? read(entry.path().filename().string()) : "";
        return found;
    }

private:
    std::filesystem::path path_;
};
