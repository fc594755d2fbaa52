// A program at a pseudo-terminal of its own: what a person would see there is read, and lines are
// typed as a person would.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace sluice::system_test {

class TerminalProcess {
public:
    explicit TerminalProcess(const std::vector<std::string>& command);
    ~TerminalProcess();  // killed, when it has not ended
    TerminalProcess(const TerminalProcess&) = delete;
    TerminalProcess& operator=(const TerminalProcess&) = delete;

    // Reads on until `text` stands behind what was awaited before. REQUIREs that it comes.
    void await(std::string_view text);
    void type(std::string_view line);  // and Enter
    void press(char key);
    bool echoes() const;  // whether the terminal shows what is typed
    int wait();           // reads to the end; exit code, or 128 + signal
    const std::string& shown() const { return shown_; }

private:
    bool read_more();

    std::string shown_;
    std::size_t awaited_ = 0;
    pid_t pid_ = -1;
    int terminal_ = -1;
};

}  // namespace sluice::system_test
