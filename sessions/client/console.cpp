#include "sessions/client/console.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "sessions/client/fix_text.hpp"

namespace sluice::client {
namespace {

constexpr std::size_t kUnreadMax =
    1'000;  // a person types no expect; old messages need not be kept

std::int64_t utc_ns() {
    return std::chrono::system_clock::now().time_since_epoch().count();
}
std::int64_t monotonic_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

// A prefix that differs from run to run, to the millisecond, since ClOrdID(11) is unique per
// session and day.
std::string id_prefix() {
    return fmt::format("C{}-", utc_timestamp(utc_ns()).substr(9, 12));
}

// Every "tag=value" of `fields` stands in the message.
bool holds(const FixMessage& message, std::string_view fields) {
    while (!fields.empty()) {
        const std::string_view pair = fields.substr(0, fields.find('|'));
        fields.remove_prefix(std::min(fields.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        int tag = 0;
        std::from_chars(pair.data(), pair.data() + pair.size(), tag);
        if (equals == std::string_view::npos || message.field(tag) != pair.substr(equals + 1)) {
            return false;
        }
    }
    return true;
}

}  // namespace

Console::Console(Connect connect, Describe describe, FixVersion version, ConsoleOptions options)
    : connect_(std::move(connect)),
      describe_(std::move(describe)),
      version_(version),
      options_(std::move(options)),
      words_(version, options_.account, id_prefix()) {}

bool Console::run(int input_fd, std::FILE* out) {
    out_ = out;
    if (!log_on()) {
        return false;
    }
    std::string input;
    bool end_of_input = false;
    for (;;) {
        const auto newline = input.find('\n');
        if (newline != std::string::npos) {
            const std::string text = input.substr(0, newline);
            input.erase(0, newline + 1);
            const Next next = line(trimmed(text));
            if (next != Next::GoOn) {
                return next == Next::Stop;
            }
            continue;
        }
        if (end_of_input) {
            if (client_) {
                client_->logout();
            }
            return true;
        }
        show_prompt();
        const bool live = client_ && !client_->closed();
        std::array<pollfd, 2> wait{{{input_fd, POLLIN, 0}, {live ? client_->fd() : -1, POLLIN, 0}}};
        ::poll(wait.data(), wait.size(), 1'000);
        if (live) {
            while (show_next(0)) {
            }
        }
        if (wait[0].revents != 0) {
            std::array<char, 4096> bytes;
            const ssize_t n = ::read(input_fd, bytes.data(), bytes.size());
            prompt_shown_ = false;
            if (n > 0) {
                input.append(bytes.data(), static_cast<std::size_t>(n));
            } else {
                end_of_input = true;
                input += input.empty() ? "" : "\n";
            }
        }
    }
}

Console::Next Console::line(std::string_view text) {
    if (text.empty() || text.front() == '#') {
        return Next::GoOn;
    }
    if (text == "quit" || text == "exit") {
        if (client_) {
            client_->logout();
        }
        return Next::Stop;
    }
    if (text == "help") {
        say(std::string(OrderWords::help()));
        return Next::GoOn;
    }
    if (text == "logon") {
        return log_on() ? Next::GoOn : Next::Fail;
    }
    if (text == "logout") {
        if (client_) {
            client_->logout();
            say("logged out\n");
        }
        return Next::GoOn;
    }
    if (text == "raw last") {
        say(last_.empty() ? "nothing received yet\n" : readable(last_) + "\n");
        return Next::GoOn;
    }
    if (text.starts_with("raw ")) {
        return send_raw(trimmed(text.substr(4))) ? Next::GoOn : Next::Fail;
    }
    if (text == "wait" || text.starts_with("wait ")) {
        int ms = 1'000;
        const std::string_view number = trimmed(text.substr(4));
        std::from_chars(number.data(), number.data() + number.size(), ms);
        show_next(ms);
        return Next::GoOn;
    }
    if (text.starts_with("expect ")) {
        return expect(trimmed(text.substr(7)));
    }
    const auto message = words_.read(text, utc_timestamp(utc_ns()));
    if (!message.ok()) {
        say(message.error() + "\n");
        return options_.prompt ? Next::GoOn : Next::Fail;
    }
    return send(message.value()) || options_.prompt ? Next::GoOn : Next::Fail;
}

bool Console::log_on() {
    auto made = connect_();
    if (!made.ok()) {
        say("cannot connect: " + made.error() + "\n");
        return false;
    }
    client_ = std::move(made).value();
    if (options_.raw) {
        client_->on_wire([this](Direction direction, std::string_view bytes) {
            say((direction == Direction::Sent ? "> " : "< ") + readable(bytes) + "\n");
        });
    }
    const auto before = std::chrono::steady_clock::now();
    const auto logged_on = client_->logon();
    if (!logged_on.ok()) {
        say("logon refused: " + logged_on.error() + "\n");
        return false;
    }
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - before;
    say(fmt::format("< Logon  {}  logged on in {:.1f} ms\n", to_text(version_), took.count()));
    return true;
}

bool Console::send(const OutgoingMessage& message) {
    if (!client_ || client_->closed()) {
        say("not logged on; type logon\n");
        return false;
    }
    say("> " + message.echo + "\n");
    return client_->send(message.msg_type, message.body) != 0;
}

bool Console::send_raw(std::string_view fields) {
    std::string soh(fields);
    std::replace(soh.begin(), soh.end(), '|', '\x01');
    const std::string type(field(soh, 35));
    const std::string begin = "35=" + type + "|";
    if (type.empty() || !fields.starts_with(begin)) {
        say("raw expects 35=TYPE| first\n");
        return options_.prompt;
    }
    if (!client_ || client_->closed()) {
        say("not logged on; type logon\n");
        return options_.prompt;
    }
    return client_->send(type, fields.substr(begin.size())) != 0;
}

std::optional<FixMessage> Console::show_next(int timeout_ms) {
    if (!client_) {
        return std::nullopt;
    }
    const bool was_open = !client_->closed();
    auto message = client_->receive(timeout_ms);
    if (message) {
        show(*message);
        if (unread_.size() == kUnreadMax) {
            unread_.erase(unread_.begin());
        }
        unread_.push_back(*message);
    } else if (was_open && client_->closed()) {
        say("connection closed: " + client_->close_text() + "\n");
    }
    return message;
}

Console::Next Console::expect(std::string_view fields) {
    const std::int64_t end = monotonic_ms() + 5'000;
    for (;;) {
        while (!unread_.empty()) {
            const FixMessage message = unread_.front();
            unread_.erase(unread_.begin());
            if (holds(message, fields)) {
                return Next::GoOn;
            }
        }
        const std::int64_t left = end - monotonic_ms();
        if (left <= 0 || !client_ || client_->closed()) {
            say(fmt::format("expected {}, which did not come\n", fields));
            return Next::Fail;
        }
        show_next(static_cast<int>(left));
    }
}

void Console::show(const FixMessage& message) {
    last_ = message.raw;
    if (!options_.raw) {
        say("< " + describe_(message.raw) + "\n");
    }
}

void Console::show_prompt() {
    if (options_.prompt && !prompt_shown_) {
        fmt::print(out_, "{}> ", options_.name);
        std::fflush(out_);
        prompt_shown_ = true;
    }
}

void Console::say(const std::string& text) {
    if (prompt_shown_) {
        std::fputs("\r\x1b[K", out_);  // over the prompt that waits for input
        prompt_shown_ = false;
    }
    std::fputs(text.c_str(), out_);
    std::fflush(out_);
}

}  // namespace sluice::client
