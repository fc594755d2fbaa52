#include "gateway/app/terminal.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/app/cli_failure.hpp"

namespace sluice::app {
namespace {

// While it lives, the terminal has no echo and signals that end or stop the program wait: one that
// was served now would leave the person a terminal that shows nothing.
class Hidden {
public:
    Hidden() {
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP}) {
            sigaddset(&signals_, signal);
        }
        ::sigprocmask(SIG_BLOCK, &signals_, &served_before_);
        waiting_ = ::signalfd(-1, &signals_, SFD_CLOEXEC);
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
        ::close(waiting_);
        ::sigprocmask(SIG_SETMASK, &served_before_, nullptr);
    }
    Hidden(const Hidden&) = delete;
    Hidden& operator=(const Hidden&) = delete;

    // True: a line, or the end of input, is there. False: a signal is.
    bool wait_for_line() const {
        std::array<pollfd, 2> wait{{{STDIN_FILENO, POLLIN, 0}, {waiting_, POLLIN, 0}}};
        while (::poll(wait.data(), wait.size(), -1) < 0 && errno == EINTR) {
        }
        return wait[1].revents == 0;
    }

private:
    sigset_t signals_{};
    sigset_t served_before_{};
    int waiting_ = -1;
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
    for (bool have_line = false; !have_line;) {  // again after Ctrl-Z and fg
        const Hidden hidden;
        std::fputs(prompt.c_str(), stderr);
        have_line = hidden.wait_for_line();
        if (have_line) {
            std::getline(std::cin, secret);
        }
        std::fputc('\n', stderr);
    }
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
