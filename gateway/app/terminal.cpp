#include "gateway/app/terminal.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

// Echo is off while it lives.
class Hidden {
public:
    Hidden() {
        if (::tcgetattr(STDIN_FILENO, &before_) == 0) {
            termios silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
        }
    }
    ~Hidden() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        }
    }
    Hidden(const Hidden&) = delete;
    Hidden& operator=(const Hidden&) = delete;

private:
    termios before_{};
    bool changed_ = false;
};

std::ifstream opened(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw CliFailure{kNotFound, fmt::format("{}: {}", path, std::strerror(errno)), {}};
    }
    return file;
}

}  // namespace

bool stdin_is_terminal() {
    return ::isatty(STDIN_FILENO) == 1;
}
bool stdout_is_terminal() {
    return ::isatty(STDOUT_FILENO) == 1;
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}
void print_error(std::string_view text) {
    std::fflush(stdout);
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

void confirm(const std::string& question, const std::string& name, bool yes) {
    if (yes) {
        return;
    }
    if (!stdin_is_terminal()) {
        throw CliFailure{kUsage, "this asks for a confirmation and there is no terminal",
                         "the same command with --yes"};
    }
    print(question + "\n" + fmt::format("Type {} to go on: ", name));
    std::fflush(stdout);
    std::string typed;
    std::getline(std::cin, typed);
    if (typed != name) {
        throw CliFailure{kFailed, "not confirmed; nothing was changed", {}};
    }
}

std::string ask_secret(const std::string& prompt) {
    std::string secret;
    if (!stdin_is_terminal()) {
        std::getline(std::cin, secret);
        return secret;
    }
    std::fputs(prompt.c_str(), stderr);
    {
        const Hidden hidden;
        std::getline(std::cin, secret);
    }
    std::fputc('\n', stderr);
    return secret;
}

std::string first_line_of(const std::string& path) {
    auto file = opened(path);
    std::string line;
    std::getline(file, line);
    if (!line.empty() && line.back() == '\r') {
        line.pop_back();
    }
    return line;
}

std::string whole_file(const std::string& path) {
    auto file = opened(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string whole_input() {
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

}  // namespace sluice::app
