// The pages of fix_specs/rules against the decoder: what we tell clients is what we do.
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "sessions/codec/command_decoder.hpp"
#include "tests/unit/codec/wire.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

std::string page_of(FixVersion version) {
    const std::string name = version == FixVersion::Fix42   ? "fix42.md"
                             : version == FixVersion::Fix44 ? "fix44.md"
                                                            : "fix50sp2.md";
    std::ifstream in(source_dir() + "/fix_specs/rules/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The paragraph that begins with `opening` below the heading of a message; "" when there is none.
std::string paragraph(FixVersion version, const std::string& message, const std::string& opening) {
    const std::string page = page_of(version);
    const auto heading = page.find("### " + message + "\n");
    const auto next = page.find("\n### ", heading + 1);
    const auto from = page.find("\n" + opening, heading);
    if (heading == std::string::npos || from == std::string::npos || from > next) {
        return {};
    }
    return page.substr(from, page.find("\n\n", from) - from);
}

struct Named {
    int tag = 0;
    std::string harmful;   // a value that the page refuses
    std::string harmless;  // one that it takes; empty: none
};

// "LocateReqd(114)=Y" refuses Y only, "PriceType(423) unless 2" takes 2, any other takes nothing.
std::vector<Named> named_in(const std::string& text) {
    static const std::regex kName("[A-Za-z0-9]+\\(([0-9]+)\\)(=Y| unless ([0-9]))?");
    std::vector<Named> all;
    for (std::sregex_iterator at(text.begin(), text.end(), kName), end; at != end; ++at) {
        const std::string harmless = (*at)[2].str() == "=Y" ? "N" : (*at)[3].str();
        all.push_back({std::stoi((*at)[1]), harmless == "N" ? "Y" : "9", harmless});
    }
    return all;
}

Command decoded(const std::string& msg_type, int tag, const std::string& value) {
    Command command;
    codec::decode_command(
        wire("35=" + msg_type + "|34=2|41=A0|11=A1|" + std::to_string(tag) + "=" + value),
        FixVersion::Fix44, SessionId{}, 0, command);
    return command;
}

std::string defect_of(const std::string& msg_type, int tag, const std::string& value) {
    return std::string(decoded(msg_type, tag, value).defect.view());
}

struct Kind {
    std::string type;
    std::string name;
};
const Kind kOrder{"D", "NewOrderSingle(D)"};
const Kind kReplace{"G", "OrderCancelReplaceRequest(G)"};
const Kind kCancel{"F", "OrderCancelRequest(F)"};
const Kind kStatus{"H", "OrderStatusRequest(H)"};

}  // namespace

TEST_CASE("what the rules of engagement refuse by name is refused by name") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    for (const Kind& kind : {kOrder, kReplace}) {
        const auto refused =
            named_in(paragraph(version, kind.name, "Refused by name when present"));
        CHECK(refused.size() >= 10);
        for (const Named& each : refused) {
            INFO(to_text(version) << " " << kind.name << " " << each.tag);
            const std::string defect = defect_of(kind.type, each.tag, each.harmful);
            CHECK(defect.find("(" + std::to_string(each.tag) + ")='" + each.harmful + "'") !=
                  std::string::npos);
            if (!each.harmless.empty()) {
                CHECK(defect_of(kind.type, each.tag, each.harmless) == "");
            }
        }
    }
}

TEST_CASE("what the rules of engagement accept and do not act on is accepted") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    for (const Kind& kind : {kOrder, kReplace, kCancel, kStatus}) {
        const auto accepted = named_in(paragraph(version, kind.name, "Also accepted"));
        CHECK(accepted.size() >= 7);
        for (const Named& each : accepted) {
            // EncodedText(355) needs its length before it.
            const std::string value = each.tag == 354 ? "1\x01"
                                                        "355=x"
                                                      : "7";
            if (each.tag != 355) {
                INFO(to_text(version) << " " << kind.name << " " << each.tag);
                const Command command = decoded(kind.type, each.tag, value);
                CHECK(command.defect.view() == "");
                CHECK(command.extras.empty());
            }
        }
    }
}

TEST_CASE("what the rules of engagement hand on is handed on") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    for (const Kind& kind : {kOrder, kReplace}) {
        const auto handed_on = named_in(paragraph(version, kind.name, "Handed on unread"));
        CHECK(handed_on.size() >= 14);
        for (const Named& each : handed_on) {
            INFO(to_text(version) << " " << kind.name << " " << each.tag);
            const Command command = decoded(kind.type, each.tag, "7");
            CHECK(command.defect.view() == "");
            CHECK(readable(command.extras.view()) == std::to_string(each.tag) + "=7|");
        }
    }
}

TEST_CASE("a cancel is never refused for what the rules of engagement only keep") {
    const auto [tag, value] = GENERATE(table<int, std::string>({{1, std::string(60, 'A')},
                                                                {55, std::string(60, 'S')},
                                                                {54, "8"},
                                                                {54, "xyz"},
                                                                {38, "1e5"},
                                                                {38, "-1"},
                                                                {152, "x"},
                                                                {516, "200"},
                                                                {40, "P"},
                                                                {59, "9"}}));
    CHECK(defect_of("F", tag, value) == "");
    CHECK(defect_of("H", tag, value) == "");
}

}  // namespace sluice::test
