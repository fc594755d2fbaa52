// The conversation of `sluice client`: reads words from a terminal, a pipe or a script, sends FIX,
// prints what comes back in words. One thread, waiting on both the input and the gateway.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sessions/client/fix_client.hpp"
#include "sessions/client/order_words.hpp"

namespace sluice::client {

struct ConsoleOptions {
    std::string name;     // the prompt
    std::string account;  // Account(1) of orders that name none; may be empty
    bool prompt = false;  // a person sits there
    bool raw = false;     // print every message's bytes, both ways
};

class Console {
public:
    // `describe` turns a message into one line for people.
    using Describe = std::function<std::string(std::string_view)>;
    using Connect = std::function<FixClient::Made()>;
    Console(Connect connect, Describe describe, FixVersion version, ConsoleOptions options);

    // Until end of input, `quit`, or a failed `expect`. True: everything went well.
    bool run(int input_fd, std::FILE* out);

private:
    enum class Next { GoOn, Stop, Fail };
    Next line(std::string_view text);
    bool log_on();
    bool send(const OutgoingMessage& message);
    bool send_raw(std::string_view fields);
    // Prints what has come; waits for the first message up to timeout_ms.
    std::optional<FixMessage> show_next(int timeout_ms);
    Next expect(std::string_view fields);
    void show(const FixMessage& message);
    void show_prompt();
    void say(const std::string& text);

    Connect connect_;
    Describe describe_;
    FixVersion version_;
    ConsoleOptions options_;
    OrderWords words_;
    std::unique_ptr<FixClient> client_;
    std::vector<FixMessage> unread_;  // shown, not yet matched by an expect
    std::string last_;
    std::FILE* out_ = nullptr;
    bool prompt_shown_ = false;
};

}  // namespace sluice::client
