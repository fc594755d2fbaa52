#include "tests/unit/sessions/conversation.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "sessions/engine/clock.hpp"
#include "tests/unit/sessions/session_house.hpp"

namespace sluice::test {
namespace {

std::vector<std::string> fields_of(const std::string& message) {
    std::vector<std::string> fields;
    std::istringstream in(message);
    for (std::string field; std::getline(in, field, '|');) {
        if (!field.empty()) {
            fields.push_back(field);
        }
    }
    return fields;
}

// Of times and sums the definitions say only that they are there.
std::string comparable(const std::string& field) {
    static const std::set<std::string> free{"9", "10", "52", "122", "60", "42"};
    const std::string tag = field.substr(0, field.find('='));
    return free.count(tag) != 0 ? tag + "=" : field;
}

std::multiset<std::string> comparable_fields(const std::string& message) {
    std::multiset<std::string> set;
    for (const std::string& field : fields_of(message)) {
        set.insert(comparable(field));
    }
    return set;
}

bool hears(const Step& step, const std::string& heard) {
    auto all = comparable_fields(heard);
    if (step.kind == Step::Kind::HearExactly) {
        auto wanted = comparable_fields(step.text);
        wanted.insert(wanted.count("10=") == 0 ? "10=" : "");
        wanted.erase("");
        return wanted == all;
    }
    for (const std::string& field : fields_of(step.text)) {
        if (all.count(comparable(field)) == 0) {
            return false;
        }
    }
    return true;
}

std::string with_times(std::string text) {
    engine::SystemClock clock;
    for (auto at = text.find("<TIME"); at != std::string::npos; at = text.find("<TIME")) {
        const auto end = text.find('>', at);
        const std::string shift = text.substr(at + 5, end - at - 5);
        const std::int64_t seconds = shift.empty() ? 0 : std::stoll(shift);
        text.replace(at, end - at + 1, utc_text(clock.utc() + seconds * kNanosPerSecond));
    }
    return text;
}

// A whole message of a definition: what it leaves out of 9 and 10 is added, what it says stays.
std::string completed(const std::string& bars) {
    std::string text = with_sohs(with_times(bars));
    if (text.find("\x01"
                  "9=") == std::string::npos) {
        const auto cut = text.find('\x01') + 1;
        const auto trailer = text.find(
            "\x01"
            "10=");
        const std::size_t end = trailer == std::string::npos ? text.size() : trailer + 1;
        text.insert(cut, "9=" + std::to_string(end - cut) + "\x01");
    }
    if (text.find("\x01"
                  "10=") == std::string::npos) {
        unsigned sum = 0;
        for (const char c : text) {
            sum += static_cast<unsigned char>(c);
        }
        std::string digits = std::to_string(sum % 256);
        digits.insert(0, 3 - digits.size(), '0');
        text += "10=" + digits + "\x01";
    }
    return text;
}

int take_client(std::string& line) {
    const auto comma = line.find(',');
    if (comma == 1 && line[0] >= '1' && line[0] <= '9') {
        const int client = line[0] - '0';
        line.erase(0, 2);
        return client;
    }
    return 1;
}

}  // namespace

Conversation read_conversation(const std::string& path) {
    std::ifstream in(path);
    Conversation steps;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const auto comment = line.find('#');
        line.erase(comment == std::string::npos ? line.size() : comment);
        line.erase(line.find_last_not_of(" \r") + 1);
        if (line.empty()) {
            continue;
        }
        Step step;
        step.line = number;
        if (line[0] == 'C' && line.size() > 1 && line[1] >= '1' && line[1] <= '9') {
            step.client = line[1] - '0';
            line.erase(0, line[2] == ' ' ? 3 : 2);
        } else if (line[0] == 'C') {
            line.erase(0, 1);
        }
        if (line == "connect") {
            step.kind = Step::Kind::Connect;
        } else if (line == "drop") {
            step.kind = Step::Kind::Drop;
        } else if (line == "< closed") {
            step.kind = Step::Kind::HearClosed;
        } else if (line.rfind("> ", 0) == 0 || line.rfind("< ", 0) == 0 ||
                   line.rfind("! ", 0) == 0) {
            step.kind = line[0] == '>'   ? Step::Kind::Say
                        : line[0] == '<' ? Step::Kind::Hear
                                         : Step::Kind::SayRaw;
            step.text = line.substr(2);
        } else {
            throw std::runtime_error(path + ":" + std::to_string(number) + ": not a step: " + line);
        }
        steps.push_back(step);
    }
    return steps;
}

Conversation read_def(const std::string& path) {
    std::ifstream in(path);
    Conversation steps;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        line.erase(line.find_last_not_of("\r\n") + 1);
        if (line.empty() || std::string("iIeE").find(line[0]) == std::string::npos) {
            continue;
        }
        Step step;
        step.line = number;
        const char kind = line[0];
        line.erase(0, 1);
        step.client = take_client(line);
        step.text = with_bars(line);
        if (kind == 'i') {
            step.kind = step.text.rfind("CONNECT", 0) == 0 ? Step::Kind::Connect : Step::Kind::Drop;
        } else if (kind == 'e') {
            step.kind = Step::Kind::HearClosed;
        } else {
            step.kind = kind == 'I' ? Step::Kind::SayRaw : Step::Kind::HearExactly;
        }
        steps.push_back(step);
    }
    return steps;
}

std::string play(SessionHouse& house,
                 const Conversation& conversation,
                 const std::string& version,
                 std::vector<std::string>* heard_all) {
    std::map<int, SocketPeer> peers;
    const auto hear = [&](SocketPeer& peer) {
        const std::string heard = house.next(peer);
        if (heard_all != nullptr) {
            heard_all->push_back(heard);
        }
        return heard;
    };
    const auto wrong = [](const Step& step, const std::string& heard) {
        return "line " + std::to_string(step.line) + ": expected " +
               (step.kind == Step::Kind::HearClosed ? "closed" : step.text) + "\n  heard " + heard;
    };
    for (const Step& step : conversation) {
        SocketPeer& peer = peers[step.client];
        peer.begin_string = version;
        switch (step.kind) {
            case Step::Kind::Connect:
                // The end of an earlier connection has reached the acceptor.
                (void)house.until(
                    [&] { return step.client != 1 || house.acceptor->all_logged_out(); });
                peer.connect_to(house.port());
                break;
            case Step::Kind::Drop:
                peer.drop();
                break;
            case Step::Kind::Say:
                peer.send(step.text);
                break;
            case Step::Kind::SayRaw:
                peer.send_raw(completed(step.text));
                break;
            case Step::Kind::Hear:
            case Step::Kind::HearExactly: {
                const std::string heard = hear(peer);
                if (!hears(step, heard)) {
                    return wrong(step, heard);
                }
                break;
            }
            case Step::Kind::HearClosed: {
                const std::string heard = hear(peer);
                if (heard != "closed") {
                    return wrong(step, heard);
                }
                break;
            }
        }
    }
    return {};
}

}  // namespace sluice::test
