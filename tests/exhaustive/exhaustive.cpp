// Every float through every kernel, and a thousand million doubles: see --help.

#include "progress.hpp"
#include "report.hpp"

#include <getopt.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

namespace {
using namespace exhaustive;

constexpr const char* help_text =
    R"(Runs float bit patterns, or doubles, through every kernel and compares the results with the truth.

  exhaustive [OPTION...]

  --function NAME     one of the library's, such as elu; may be given several times (default: all of them)
  --parameters P,...  of the slope or alpha, such as 0.01,-1,inf,nan (default: the function's own)
  --stride N          one in N of the 2^32 floats, and what surrounds the breakpoints (default 1: every float)
  --doubles N         N doubles instead
  --threads N         (default: as many as there are cores)
  --compare FOLDER    compares what is found with FOLDER/NAME.txt
  --write FOLDER      writes it there, for the functions' own parameters, with how many arguments there were
  -h, --help          this text

Exit status 1 if an error is beyond its bound, if bits are not as promised or if FOLDER tells something else.
)";

struct options {
    std::vector<std::string> functions;
    std::vector<double> parameters;
    std::uint64_t stride = 1, doubles = 0;
    unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    bool help = false;
    std::string compare, write; ///< folders
};

double parse(const std::string& option, const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0')
        throw std::invalid_argument(option + " has '" + text + "', which is no number");
    return value;
}

std::uint64_t parse_count(const std::string& option, const std::string& text) {
    const double value = parse(option, text);
    if (!(value >= 1 && value <= 0x1p53) || value != std::floor(value))
        throw std::invalid_argument(option + " is '" + text + "', not a whole number from 1 on");
    return static_cast<std::uint64_t>(value);
}

options parse_options(int argc, char** argv) {
    enum { function, parameters, stride, doubles, threads, compare, write };
    static const option known[] = {{"function", required_argument, nullptr, function},
                                   {"parameters", required_argument, nullptr, parameters},
                                   {"stride", required_argument, nullptr, stride},
                                   {"doubles", required_argument, nullptr, doubles},
                                   {"threads", required_argument, nullptr, threads},
                                   {"compare", required_argument, nullptr, compare},
                                   {"write", required_argument, nullptr, write},
                                   {"help", no_argument, nullptr, 'h'},
                                   {nullptr, 0, nullptr, 0}};
    options result;
    for (int o = 0; (o = getopt_long(argc, argv, "h", known, nullptr)) != -1;) {
        const std::string value = optarg ? optarg : "";
        switch (o) {
        case function:
            result.functions.push_back(value);
            break;
        case parameters: {
            std::istringstream list(value);
            for (std::string p; std::getline(list, p, ',');)
                result.parameters.push_back(parse("--parameters", p));
            break;
        }
        case stride:
            result.stride = parse_count("--stride", value);
            break;
        case doubles:
            result.doubles = parse_count("--doubles", value);
            break;
        case threads:
            result.threads = static_cast<unsigned>(std::min<std::uint64_t>(parse_count("--threads", value), 1024));
            break;
        case compare:
            result.compare = value;
            break;
        case write:
            result.write = value;
            break;
        case 'h':
            result.help = true;
            break;
        default: // getopt_long has said what is wrong
            throw std::invalid_argument("see --help");
        }
    }
    if (optind < argc)
        throw std::invalid_argument(std::string("'") + argv[optind] + "' is no option: see --help");
    if (!result.write.empty() && !result.parameters.empty())
        throw std::invalid_argument("--write does not go with --parameters");
    if (result.functions.empty())
        result.functions = function_names();
    return result;
}

template <class Arguments>
std::uint64_t blocks_of(const Arguments& arguments) {
    return (arguments.count() + block_size - 1) / block_size;
}

/// Runs every block of the arguments in one of the threads, and joins what they find.
template <class T, class Arguments>
examination<T> examine(const subject<T>& s, const Arguments& arguments, unsigned thread_count,
                       const std::function<void(std::uint64_t blocks)>& show_progress) {
    const std::uint64_t count = arguments.count(), blocks = blocks_of(arguments);
    std::atomic<std::uint64_t> next = 0;
    std::mutex mutex; // of what follows
    std::condition_variable finished;
    unsigned running = thread_count;
    examination<T> all(s);
    std::exception_ptr failure;

    const auto work = [&] {
        examination<T> own(s);
        std::exception_ptr problem;
        try {
            std::vector<T> x;
            for (std::uint64_t block; (block = next++) < blocks;) {
                x.resize(std::min<std::uint64_t>(block_size, count - block * block_size));
                arguments.fill(block, x);
                own.run(x);
            }
        } catch (...) {
            problem = std::current_exception();
            next = blocks;
        }
        mpfr_free_cache();
        const std::lock_guard lock(mutex);
        all.take(own);
        if (problem)
            failure = problem;
        --running;
        finished.notify_one();
    };

    std::vector<std::thread> threads;
    for (unsigned i = 0; i < thread_count; ++i)
        threads.emplace_back(work);
    {
        std::unique_lock lock(mutex);
        while (!finished.wait_for(lock, std::chrono::milliseconds(500), [&] { return running == 0; }))
            show_progress(std::min<std::uint64_t>(next, blocks));
    }
    for (std::thread& t : threads)
        t.join();
    if (failure)
        std::rethrow_exception(failure);
    return all;
}

/// Prints a line for each kernel. Returns whether all is as promised.
template <class T>
bool report(const subject<T>& s, const examination<T>& found) {
    bool good = found.wrong_references == 0;
    if (!good)
        std::cout << s.name << ": the reference itself was off " << found.wrong_references << " times\n";
    for (std::size_t i = 0; i < s.kernels.size(); ++i) {
        const kernel<T>& k = s.kernels[i];
        const finding<T>& f = found.findings[i];
        if (f.wrong > 0) {
            good = false;
            std::cout << s.name << ' ' << s.parameter << ' ' << k.name << ": wrong " << f.wrong << " times; "
                      << f.first_wrong << '\n';
        }
        char line[200];
        std::snprintf(
            line, sizeof line, "%-10s %-6s %-6s %-30s %8s ULP at %-22s %10llu not correctly rounded, bound %s",
            s.name.c_str(), s.parameter.c_str(), sizeof(T) == 4 ? "float" : "double", k.name.c_str(),
            ulps(f.error).c_str(), f.error > 0 ? hexadecimal(f.at).c_str() : "-",
            static_cast<unsigned long long>(f.not_correctly_rounded), k.bound > 0 ? number(k.bound).c_str() : "bits");
        std::cout << line << std::endl;
    }
    return good;
}

/// `number` says which arguments: the stride of floats, or how many doubles.
template <class T, class Arguments>
bool run(const options& o, std::uint64_t number) {
    std::vector<subject<T>> all;
    std::vector<Arguments> arguments;
    std::uint64_t blocks = 0;
    for (const std::string& name : o.functions)
        for (subject<T>& s : subjects<T>(name, o.parameters)) {
            all.push_back(std::move(s));
            arguments.emplace_back(tests::description_of(name), number);
            blocks += blocks_of(arguments.back());
        }
    const progress bar(blocks);

    bool good = true;
    std::size_t compared = 0;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const subject<T>& s = all[i];
        const auto found = examine<T>(s, arguments[i], o.threads,
                                      [&](std::uint64_t done) { bar.show(before + done, s.name + " " + s.parameter); });
        before += blocks_of(arguments[i]);
        const bool as_promised = report(s, found);
        good = good && as_promised;
        const std::vector<result> results = results_of(s, found.findings, arguments[i].count());
        if (!o.compare.empty() && s.is_default) {
            good = compare(o.compare, s.name, results) && good;
            compared += results.size();
        }
        if (!o.write.empty() && as_promised)
            write_results(o.write, s.name, results);
    }
    if (!o.compare.empty())
        std::cout << compared << " results compared with those in " << o.compare << '\n';
    return good && (o.compare.empty() || compared > 0);
}

} // namespace

int main(int argc, char** argv) {
    try {
        const options o = parse_options(argc, argv);
        if (o.help) {
            std::cout << help_text;
            return 0;
        }
        if (o.doubles > 0 && std::numeric_limits<long double>::digits < 64) {
            std::cerr << "exhaustive: doubles need a long double of 64 bits, which this compiler has not\n";
            return 77; // ctest: skipped
        }
        const bool good = o.doubles > 0 ? run<double, doubles>(o, o.doubles) : run<float, floats>(o, o.stride);
        return good ? 0 : 1;
    } catch (const std::exception& e) {
        std::cerr << "exhaustive: " << e.what() << '\n';
        return 2;
    }
}
