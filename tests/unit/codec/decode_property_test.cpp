// Random orders, decoded by us, by a plain split and by QuickFIX: all three read the same.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "sessions/codec/command_decoder.hpp"
#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

class Orders {
public:
    explicit Orders(unsigned seed) : random_(seed) {}

    // A valid message of ours: required fields of every version, the rest by chance, in any order.
    std::string next(FixVersion version) {
        std::vector<std::string> body = {"11=" + word(40),           "21=1",
                                         "55=" + word(24),           "54=" + pick("1256"),
                                         "60=20260102-03:04:05.678", "38=" + number(false),
                                         "40=" + pick("1234")};
        const bool replace = random_() % 2 == 0;
        if (replace) {
            body.push_back("41=" + word(40));
        }
        for (const auto& [chance, field] :
             std::vector<std::pair<unsigned, std::string>>{{2, "1=" + word(24)},
                                                           {2, "44=" + number(true)},
                                                           {3, "99=" + number(true)},
                                                           {2, "59=" + pick("0134")},
                                                           {4, "100=" + word(12)},
                                                           {5, "58=" + word(60)},
                                                           {6, "18=1"},
                                                           {4, "111=" + number(false)},
                                                           {5, "48=" + word(20)},
                                                           {6, "376=" + word(10)}}) {
            if (random_() % chance == 0) {
                body.push_back(field);
            }
        }
        if (random_() % 6 == 0) {
            body.push_back("59=6");
            body.push_back(random_() % 2 == 0 ? "432=20260" + std::to_string(1 + random_() % 9) +
                                                    "1" + std::to_string(random_() % 10)
                                              : "126=20260102-03:04:05.678");
            std::erase_if(body, [](const std::string& field) {
                return field.starts_with("59=") && field != "59=6";
            });
        }
        if (version != FixVersion::Fix42 && random_() % 3 == 0) {
            body.push_back(parties());
        }
        std::shuffle(body.begin(), body.end(), random_);
        std::string fields = std::string(replace ? "35=G" : "35=D") +
                             "|49=C|56=G|34=" + std::to_string(1 + random_() % 999'999'999) +
                             "|52=20260102-03:04:05.678";
        fields += random_() % 5 == 0 ? "|97=Y" : "";
        for (const auto& field : body) {
            fields += "|" + field;
        }
        return wire(fields, version == FixVersion::Fix50Sp2 ? "FIXT.1.1" : to_text(version));
    }

private:
    std::string word(std::size_t max) {
        static constexpr std::string_view kLetters =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./=+# ";
        std::string text(1 + random_() % max, ' ');
        for (char& c : text) {
            c = kLetters[random_() % kLetters.size()];
        }
        return text;
    }
    std::string parties() {
        const auto count = 1 + random_() % 3;
        std::string group = "453=" + std::to_string(count);
        for (auto i = count; i > 0; --i) {
            group += "|448=" + word(8) + "|447=D|452=" + std::to_string(i);
        }
        return group;
    }
    std::string pick(std::string_view from) {
        return std::string(1, from[random_() % from.size()]);
    }
    std::string number(bool may_be_negative) {
        std::string text = may_be_negative && random_() % 4 == 0 ? "-" : "";
        text += std::string(random_() % 3, '0') + std::to_string(random_() % 1'000'000'000);
        if (random_() % 2 == 0) {
            text += '.';
            for (auto left = random_() % 9; left > 0; --left) {
                text += static_cast<char>('0' + random_() % 10);
            }
        }
        return text;
    }

    std::mt19937 random_;
};

const std::set<int> kHandedOn = {18, 21, 48, 58, 376, 447, 448, 452, 453};

// A decimal of the generator above, by hand.
std::int64_t units(std::string text) {
    const bool negative = text.front() == '-';
    text.erase(0, negative ? 1 : 0);
    const auto point = text.find('.');
    std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    fraction.resize(8, '0');
    const std::int64_t value =
        std::stoll(text.substr(0, point)) * 100'000'000 + std::stoll(fraction);
    return negative ? -value : value;
}

void check_against(const Command& command, const std::map<int, std::string>& fields) {
    const auto text = [&](int tag) {
        return fields.count(tag) != 0 ? fields.at(tag) : std::string();
    };
    const auto amount = [&](int tag) { return fields.count(tag) != 0 ? units(fields.at(tag)) : 0; };
    CHECK(command.defect.view() == "");
    CHECK(command.msg_type == text(35));
    CHECK(std::to_string(command.msg_seq_num) == text(34));
    CHECK(command.cl_ord_id == text(11));
    CHECK(command.orig_cl_ord_id == text(41));
    CHECK(command.account == text(1));
    CHECK(command.symbol == text(55));
    CHECK(command.ex_destination == text(100));
    CHECK(std::string(1, static_cast<char>(command.side)) == text(54));
    CHECK(std::string(1, static_cast<char>(command.ord_type)) == text(40));
    CHECK(static_cast<char>(command.time_in_force) ==
          (fields.count(59) != 0 ? fields.at(59).front() : '0'));
    CHECK(command.order_qty.units() == amount(38));
    CHECK(command.price.units() == amount(44));
    CHECK(command.stop_px.units() == amount(99));
    CHECK(command.max_floor.units() == amount(111));
    CHECK(command.has(command_flag::kHasExpire) ==
          (fields.count(126) != 0 || fields.count(432) != 0));
    CHECK(command.has(command_flag::kHasPrice) == (fields.count(44) != 0));
    CHECK(command.has(command_flag::kHasStopPx) == (fields.count(99) != 0));
    CHECK(command.has(command_flag::kPossResend) == (fields.count(97) != 0));
}

}  // namespace

TEST_CASE("random orders are read as a plain split and QuickFIX read them") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    Orders orders(2'026);
    for (int round = 0; round < 400; ++round) {
        const std::string message = orders.next(version);
        INFO(readable(message));
        Command command;
        codec::decode_command(message, version, SessionId{0}, 0, command);
        std::map<int, std::string> fields;
        const QuickFixView view(message, version);
        std::string handed_on;
        for (const auto& [tag, value] : naive_parse(message)) {
            fields.emplace(tag, value);
            const auto values = view.values(tag);
            CHECK(std::find(values.begin(), values.end(), value) != values.end());
            if (kHandedOn.count(tag) != 0) {
                handed_on += std::to_string(tag) + "=" + value + "|";
            }
        }
        check_against(command, fields);
        CHECK(readable(command.extras.view()) == handed_on);
        REQUIRE(dictionaries(version).reject_reason(message) == std::nullopt);
    }
}

}  // namespace sluice::test
