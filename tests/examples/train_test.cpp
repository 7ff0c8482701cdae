#include "../catch.hpp"
#include "directory.hpp"
#include "listed.hpp"
#include "program.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

outcome run(const directory& here, const std::string& arguments) { return run_program("TRAIN", here, arguments); }

/// Trains for a moment only.
const std::string quick = "--layers 2 --width 6 --epochs 2 --batch 100 --seeds 1,2 ";

std::vector<std::string> lines(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> found;
    for (std::string line; std::getline(in, line);)
        found.push_back(line);
    return found;
}

/// A line of the UCI digits: ink and the class.
std::string digit(int ink, int label) {
    std::string line;
    for (int i = 0; i < 64; ++i)
        line += std::to_string((ink + i) % 17) + ',';
    return line + std::to_string(label) + '\n';
}

std::string big_endian(const std::vector<unsigned>& numbers) {
    std::string bytes;
    for (const unsigned n : numbers)
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += static_cast<char>(n >> shift & 255);
    return bytes;
}

/// The folder uci has three digits to learn and two to test; mnist has four and two, of 2 x 3 pixels.
struct digits : directory {
    digits() {
        std::filesystem::create_directory(*this / "uci");
        std::filesystem::create_directory(*this / "mnist");
        write("uci/optdigits.tra", digit(0, 0) + digit(5, 9) + digit(9, 3));
        write("uci/optdigits.tes", digit(1, 0) + digit(4, 9));
        for (const auto& [part, count] : {std::pair{"train", 4U}, std::pair{"t10k", 2U}}) {
            write(std::string("mnist/") + part + "-images-idx3-ubyte",
                  big_endian({0x803, count, 2, 3}) + std::string(count * 6, '\x80'));
            write(std::string("mnist/") + part + "-labels-idx1-ubyte",
                  big_endian({0x801, count}) + std::string("\0\1\2\11", 4).substr(0, count));
        }
    }
};

} // namespace

TEST_CASE("train: what is wrong with the command line is said in one line with exit status 2", "[train]") {
    const directory here;
    const struct {
        std::string arguments, says;
    } rows[] = {
        {"spirals", "'spirals' is not an option, expected those in --help only"},
        {"--fast", "unknown option --fast, expected one of those in --help"},
        {"--rate", "option --rate lacks its value, expected as in --help"},
        {"--rate fast", "--rate is 'fast', expected a finite number"},
        {"--rate -1", "--rate is '-1', expected a number from 0 to 1000"},
        {"--layers 0", "--layers is '0', expected a number from 1 to 1000"},
        {"--width 2.5", "--width is '2.5', expected a whole number"},
        {"--epochs 0", "--epochs is '0', expected a number from 1 to 1e+06"},
        {"--momentum 2", "--momentum is '2', expected a number from 0 to 1"},
        {"--target 101", "--target is '101', expected a number from 0 to 100"},
        {"--seeds 1,,2", "--seeds is '1,,2', expected different words with commas between them"},
        {"--seeds 1,1", "--seeds is '1,1', expected different words with commas between them"},
        {"--seeds -1", "--seeds has '-1', expected whole numbers from 0 to 1e+15"},
        {"--activation relu,swoosh", "unknown activation 'swoosh', expected " + alternatives(all_listed())},
        {"--csv folder/rows.csv", "folder/rows.csv: No such file or directory, expected a file that can be written"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.arguments);
        const outcome o = run(here, row.arguments);
        CHECK(o.status == 2);
        CHECK(o.out.empty());
        CHECK(o.err == "train: " + row.says + "\n");
    }
    CHECK(here.files().empty());
}

TEST_CASE("train: what is wrong with a file of digits is said with its line", "[train]") {
    const std::string good = digit(0, 0);
    const auto beginning = [&](std::string field) { return field += good.substr(1); }; // instead of the first 0
    const struct {
        std::string content, says;
    } rows[] = {
        {"", "1: no digits, expected lines of 65 columns"},
        {good + good.substr(2), "2: 64 columns, expected 65"},
        {good + "\n" + good, "2: 1 columns, expected 65"},
        {good + good + "1," + good, "3: 66 columns, expected 65"},
        {good + digit(16, 10), "2: column 65 is '10', expected the class, 0 to 9"},
        {beginning("17"), "1: column 1 is '17', expected ink, 0 to 16"},
        {beginning("-1"), "1: column 1 is '-1', expected ink, 0 to 16"},
        {beginning("x"), "1: column 1 is 'x', expected ink, 0 to 16"},
        {beginning(""), "1: column 1 is '', expected ink, 0 to 16"},
        {good + good.substr(0, 2) + "1.5" + good.substr(3), "2: column 2 is '1.5', expected ink, 0 to 16"},
        {beginning("99999999999"), "1: column 1 is '99999999999', expected ink, 0 to 16"},
    };
    const digits here;
    for (const auto& row : rows)
        for (const std::string name : {"uci/optdigits.tra", "uci/optdigits.tes"}) {
            CAPTURE(row.says, name);
            const std::string before = here.read(name);
            here.write(name, row.content);
            const outcome o = run(here, "--data uci " + quick);
            here.write(name, before);
            CHECK(o.status == 2);
            CHECK(o.out.empty());
            CHECK(o.err == "train: " + name + ":" + row.says + "\n");
        }
    std::filesystem::remove(here / "uci/optdigits.tra");
    CHECK(run(here, "--data uci").err ==
          "train: uci/optdigits.tra: No such file or directory, expected a file that can be read\n");
    std::filesystem::create_directory(here / "uci/optdigits.tra");
    CHECK(run(here, "--data uci").err ==
          "train: uci/optdigits.tra: Is a directory, expected a file that can be read\n");
    const outcome nothing = run(here, "--data nowhere");
    CHECK(nothing.status == 2);
    CHECK(nothing.err.starts_with("train: nowhere: no digits, expected a folder with optdigits.tra and "));
}

TEST_CASE("train: what is wrong with a file of MNIST is said with its offset", "[train]") {
    const std::string images = "mnist/train-images-idx3-ubyte", labels = "mnist/train-labels-idx1-ubyte";
    const auto pixels = [](std::size_t count) { return std::string(count, '\1'); };
    const struct {
        std::string file, content, says;
    } rows[] = {
        {images, big_endian({0x803, 4, 2, 3}) + pixels(23),
         "offset 39: the file ends, expected 40 bytes for 4 items of 6"},
        {images, big_endian({0x803, 4, 2, 3}) + pixels(25),
         "offset 40: the file goes on, expected 40 bytes for 4 items of 6"},
        {images, big_endian({0x803, 4, 2}), "offset 12: the file ends, expected a header of 16 bytes"},
        {images, "", "offset 0: the file ends, expected a header of 16 bytes"},
        {images, big_endian({0x801, 4, 2, 3}), "offset 0: magic number 2049, expected 2051"},
        {images, big_endian({0x803, 4, 0, 3}), "offset 8: a length of 0, expected one of a tensor that fits memory"},
        {images, big_endian({0x803, 0xffffffff, 0xffffffff, 0xffffffff}),
         "offset 8: a length of 4294967295, expected one of a tensor that fits memory"},
        {labels, big_endian({0x801, 3}) + pixels(3), "offset 4: 3 labels, expected one for each of 4 images"},
        {labels, big_endian({0x801, 4}) + "\1\2\12\3", "offset 10: label 10, expected 0 to 9"},
        {labels, big_endian({0x801, 4}) + "\1", "offset 9: the file ends, expected 12 bytes for 4 items of 1"},
        {"mnist/t10k-images-idx3-ubyte", big_endian({0x803, 2, 2, 2}) + pixels(8),
         "offset 8: images of 4 pixels, expected 6 as in the other file"},
    };
    const digits here;
    for (const auto& row : rows) {
        CAPTURE(row.says);
        const std::string before = here.read(row.file);
        here.write(row.file, row.content);
        const outcome o = run(here, "--data mnist");
        here.write(row.file, before);
        CHECK(o.status == 2);
        CHECK(o.out.empty());
        CHECK(o.err == "train: " + row.file + ": " + row.says + "\n");
    }
    std::filesystem::remove(here / "mnist/t10k-labels-idx1-ubyte");
    CHECK(run(here, "--data mnist").err ==
          "train: mnist/t10k-labels-idx1-ubyte: No such file or directory, expected a file that can be read\n");
}

TEST_CASE("train: digits of UCI and of MNIST are read", "[train]") {
    const digits here;
    const outcome uci = run(here, "--data uci " + quick);
    CHECK(uci.status == 0);
    CHECK(uci.err.empty());
    CHECK(uci.out.starts_with("UCI digits: 3 samples of 64 numbers to learn from, 2 to test, 10 classes\n"));
    const std::string learned = here.read("uci/optdigits.tra");
    here.write("uci/optdigits.tra", digit(0, 0) + digit(5, 9) + "\r\n\n"); // as published, the file may end like that
    CHECK(run(here, "--data uci " + quick).out.starts_with("UCI digits: 2 samples"));
    const outcome mnist = run(here, "--data mnist --fused " + quick);
    CHECK(mnist.status == 0);
    CHECK(mnist.out.starts_with("MNIST: 4 samples of 6 numbers to learn from, 2 to test, 10 classes\n"
                                "2 hidden layers of 6 units, fused; 2 epochs"));
}

TEST_CASE("train: results depend on seed and activation alone, and are in the file as it is documented", "[train]") {
    const directory here;
    CHECK(run(here, quick + "--csv all.csv").status == 0);
    CHECK(run(here, quick + "--csv again.csv").status == 0);
    CHECK(run(here, quick + "--csv fused.csv --fused").status == 0);
    CHECK(run(here, quick + "--csv one.csv --activation tanh,prelu --seeds 2").status == 0);
    const std::string all = here.read("all.csv");
    CHECK(here.read("again.csv") == all);
    CHECK(here.read("fused.csv") == all);

    const std::vector<std::string> rows = lines(all), one = lines(here.read("one.csv"));
    REQUIRE(rows.size() == 1 + all_listed().size() * 2 * 3);
    CHECK(rows[0] == "activation,seed,epoch,loss,train_accuracy,test_accuracy,zeros,dead,never_positive,slope,"
                     "gradient_1,gradient_2,gradient_3,zeros_1,zeros_2");
    for (const std::string& row : rows)
        CHECK(std::ranges::count(row, ',') == 14);
    REQUIRE(one.size() == 1 + 2 * 3);
    CHECK(one[1].starts_with("tanh,2,0,"));
    CHECK(one[6].starts_with("prelu,2,2,"));
    for (const std::string& row : one)
        CHECK(std::ranges::count(rows, row) == 1);
}

TEST_CASE("train: the table has a row for each activation", "[train]") {
    const directory here;
    const outcome o = run(here, quick + "--activation relu,prelu --target 0");
    CHECK(o.status == 0);
    CHECK(o.err.empty());
    const std::vector<std::string> rows = lines(o.out);
    REQUIRE(rows.size() == 11);
    CHECK(rows[0] == "two spirals: 1000 samples of 2 numbers to learn from, 1000 to test, 2 classes");
    CHECK(rows[1] == "2 hidden layers of 6 units; 2 epochs, batches of 100, rate 0.01, momentum 0.9, 2 seeds");
    CHECK(rows[3].starts_with(column("") + "epochs to 0 %     test accuracy"));
    CHECK(rows[5].starts_with(column("relu") + "0 (0-0) "));
    CHECK(rows[6].starts_with(column("prelu") + "0 (0-0) "));
    CHECK(rows[7] == "prelu, layer           1      2");
    CHECK(rows[8].starts_with("  slopes: mean      0."));
    CHECK(has(run(here, quick + "--target 100").out, '\n' + column("sigmoid") + "- 0/2 "));
}

TEST_CASE("train: provoked to die, relu's units stay dead, and the others learn", "[train]") {
    const directory here;
    CHECK(run(here, "--provoke-dying --layers 2 --width 16 --epochs 40 --seeds 1 --rate 0.05 "
                    "--activation relu,leaky_relu,prelu,elu --csv rows.csv")
              .status == 0);
    const auto column = [](const std::string& row, int index) {
        std::istringstream in(row);
        std::string field;
        for (int i = 0; i <= index; ++i)
            std::getline(in, field, ',');
        return std::stod(field);
    };
    const std::vector<std::string> rows = lines(here.read("rows.csv"));
    REQUIRE(rows.size() == 1 + 4 * 41);
    const int test_accuracy = 5, dead = 7, never_positive = 8;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string &first = rows[1 + 41 * i], &last = rows[41 + 41 * i];
        CAPTURE(first, last);
        CHECK(column(first, never_positive) > 0.4);
        if (i == 0) {
            CHECK(column(first, dead) == column(first, never_positive));
            CHECK(column(last, dead) >= column(first, dead));
            CHECK(column(last, test_accuracy) < 0.55);
        } else {
            CHECK(column(last, dead) == 0);
            CHECK(column(last, never_positive) < column(first, never_positive));
            CHECK(column(last, test_accuracy) > 0.65);
        }
    }
}

TEST_CASE("train: a loss that is not finite ends the run and is said", "[train]") {
    const directory here;
    const outcome o = run(here, "--epochs 50 --rate 1000 --seeds 3 --activation elu");
    CHECK(o.status == 0);
    CHECK(has(o.out, "\nelu, seed 3: the loss is not finite after epoch "));
}

TEST_CASE("train: Ctrl-C ends with the table and the rows so far", "[train]") {
    const directory here;
    const std::string command = "exec " + command_of("TRAIN") + " --epochs 1000000 --csv '" + here / "rows.csv" +
                                "' >'" + here / "out" + "' 2>'" + here / "err" + "'";
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::signal(SIGINT, SIG_DFL);
        execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    using namespace std::chrono_literals;
    const auto rows = [&] { return std::ranges::count(here.read("rows.csv"), '\n'); };
    for (int i = 0; i < 6000 && rows() < 4; ++i)
        std::this_thread::sleep_for(10ms);
    kill(child, SIGINT);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 130));
    const std::string out = here.read("out");
    CHECK(has(out, '\n' + column("relu")));
    CHECK(has(out, "\ninterrupted: relu, seed 1, has " + std::to_string(rows() - 2) + " of its 1000000 epochs"));
    CHECK(here.read("err").empty());
}

TEST_CASE("train: a report or rows that cannot be written are an error", "[train]") {
    const directory here;
    if (!std::filesystem::exists("/dev/full"))
        return;
    const outcome report = run(here, quick + ">/dev/full");
    CHECK(report.status == 2);
    CHECK(report.err == "train: the report cannot be written, expected a standard output that takes it\n");
    const outcome rows = run(here, quick + "--csv /dev/full");
    CHECK(rows.status == 2);
    CHECK(rows.err == "train: /dev/full: No space left on device, expected a file that can be written\n");
}

TEST_CASE("train: --help names every option and activation", "[train]") {
    const directory here;
    const outcome help = run(here, "--help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    for (const char* word :
         {"--data", "--activation", "--layers", "--width", "--epochs", "--rate", "--momentum", "--batch", "--seeds",
          "--target", "--fused", "--provoke-dying", "--csv", "exit status 130"})
        CHECK(has(help.out, word));
    for (const std::string& name : all_listed())
        CHECK((has(help.out, "\n  " + name + ' ') || has(help.out, "\n  " + name + '\n')));
    CHECK(here.files().empty());
}
