#include "tests/system/terminal_process.hpp"

#include <array>

#include <catch2/catch.hpp>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace sluice::system_test {
namespace {

constexpr int kLimitMs = 20'000;

}  // namespace

TerminalProcess::TerminalProcess(const std::vector<std::string>& command) {
    std::vector<char*> argv;
    for (const std::string& word : command) {
        argv.push_back(const_cast<char*>(word.c_str()));  // NOLINT: exec takes char*
    }
    argv.push_back(nullptr);
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
}

TerminalProcess::~TerminalProcess() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(terminal_);
}

void TerminalProcess::await(std::string_view text) {
    std::size_t at = 0;
    while ((at = shown_.find(text, awaited_)) == std::string::npos) {
        const bool goes_on = read_more();
        INFO("waiting for '" << text << "', shown:\n" << shown_);
        REQUIRE(goes_on);
    }
    awaited_ = at + text.size();
}

void TerminalProcess::type(std::string_view line) {
    const std::string bytes = std::string(line) + "\n";
    REQUIRE(::write(terminal_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
}

void TerminalProcess::press(char key) {
    REQUIRE(::write(terminal_, &key, 1) == 1);
}

bool TerminalProcess::echoes() const {
    termios settings{};
    REQUIRE(::tcgetattr(terminal_, &settings) == 0);
    return (settings.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
}

int TerminalProcess::wait() {
    while (read_more()) {
    }
    int status = 0;
    REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// False at the end, which a terminal tells by EIO, and after the time limit.
bool TerminalProcess::read_more() {
    pollfd ready{terminal_, POLLIN, 0};
    if (::poll(&ready, 1, kLimitMs) != 1) {
        return false;
    }
    std::array<char, 4096> bytes;
    const ssize_t n = ::read(terminal_, bytes.data(), bytes.size());
    if (n <= 0) {
        return false;
    }
    shown_.append(bytes.data(), static_cast<std::size_t>(n));
    return true;
}

}  // namespace sluice::system_test
