#pragma once

/// Runs an example as a user does, from a POSIX shell.

#include "../catch.hpp"
#include "directory.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <string>

struct outcome {
    int status;
    std::string out, err;
};

/// The command that the environment variable has for a program.
inline std::string command_of(const char* variable) {
    const char* const command = std::getenv(variable);
    REQUIRE(command != nullptr);
    return command;
}

/// What a shell makes of `before PROGRAM arguments`, in the directory.
inline outcome run_program(const char* variable, const directory& here, const std::string& arguments,
                           const std::string& before = "") {
    const directory streams;
    const std::string command = "cd '" + here / "." + "' && " + before + ' ' + command_of(variable) + " >'" +
                                streams / "out" + "' 2>'" + streams / "err" + "' " + arguments;
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, streams.read("out"), streams.read("err")};
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }
