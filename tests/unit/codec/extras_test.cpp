// What is handed on unread: the rows against the dictionaries, and the fields on their way from one
// FIX version into another.
#include "sessions/codec/extras.hpp"

#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "sessions/codec/command_decoder.hpp"
#include "sessions/codec/extra_rows.hpp"
#include "sessions/codec/report_encoder.hpp"
#include "sessions/codec/venue_decoder.hpp"
#include "sessions/codec/venue_encoder.hpp"
#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

constexpr FixVersion kVersions[] = {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2};

VenueRequest request(VenueRequestKind kind, const Extras& extras) {
    VenueRequest request;
    request.kind = kind;
    request.order = OrderId{(std::uint64_t{3} << kEpochShift) | 17};
    request.version = kind == VenueRequestKind::New ? 0 : 2;
    request.time = UtcNanos{1'767'323'045'678'901'234};
    request.order_qty = Quantity::from_int(100);
    request.symbol = SymbolName("ACME");
    request.side = Side::Buy;
    request.ord_type = OrdType::Market;
    request.extras = extras;
    return request;
}

// What stands in the body behind the fields that are there without extras.
std::string rest(const std::string& whole, const std::string& plain) {
    std::multiset<std::string> known;
    std::istringstream in(plain);
    for (std::string field; std::getline(in, field, '|');) {
        known.insert(field);
    }
    std::string more;
    std::istringstream all(whole);
    for (std::string field; std::getline(all, field, '|');) {
        const auto found = known.find(field);
        if (found != known.end()) {
            known.erase(found);
        } else {
            more += (more.empty() ? "" : "|") + field;
        }
    }
    return more;
}

std::string to_venue(const std::string& fields,
                     FixVersion version,
                     std::vector<std::uint32_t> custom_tags = {}) {
    codec::VenueEncoder encoder(version, kInstance);
    const auto body = [&](const Extras& extras) {
        return readable(codec::body_of(
            encoder.encode(request(VenueRequestKind::New, extras), header(), custom_tags)));
    };
    return rest(body(extras_of(fields)), body(Extras{}));
}

std::string to_client(const std::string& fields,
                      FixVersion version,
                      std::vector<std::uint32_t> custom_tags = {}) {
    codec::ReportEncoder encoder(version, kInstance);
    Report report = fill();
    const std::string plain = readable(encoder.encode_body(report, custom_tags));
    report.extras = extras_of(fields);
    return rest(readable(encoder.encode_body(report, custom_tags)), plain);
}

Command decoded(const std::string& fields, FixVersion version) {
    Command command;
    codec::decode_command(wire("35=D|49=C|56=G|34=12|" + fields), version, SessionId{3}, 77,
                          command);
    return command;
}

bool has(std::uint8_t versions, FixVersion version) {
    return (unsigned{versions} >> codec::extra_column(version) & 1U) != 0;
}

}  // namespace

TEST_CASE("what may be handed on in a version is what its dictionary has in that message") {
    for (const auto& row : codec::kExtraRows) {
        for (const FixVersion version : kVersions) {
            INFO(row.tag << " " << to_text(version));
            const Dictionaries& dictionary = dictionaries(version);
            if (row.tag != 66 && row.group == 0 && (row.from & codec::extra::kClient) != 0) {
                CHECK(has(row.request, version) == dictionary.has_field("D", row.tag));
                CHECK(has(row.request, version) == dictionary.has_field("G", row.tag));
            }
            if (row.tag != 58 && row.group == 0) {
                CHECK(has(row.report, version) == dictionary.has_field("8", row.tag));
            }
        }
    }
}

TEST_CASE("the values that a row lists are those of the dictionary") {
    for (const auto& row : codec::kExtraRows) {
        for (const FixVersion version : kVersions) {
            std::istringstream values{std::string(row.values[codec::extra_column(version)])};
            for (std::string value; values >> value;) {
                INFO(row.tag << " " << to_text(version) << " " << value);
                CHECK((value == "." || dictionaries(version).has_value(row.tag, value)));
            }
        }
    }
}

TEST_CASE(
    "every field of an order is read, refused or handed on, but for those that only describe") {
    static const std::set<int> kRead = {11, 37, 1,  38, 40,  41,  44,  54,  55,
                                        59, 60, 66, 99, 100, 111, 126, 432, 1138};
    static const std::set<int> kRefused = {110, 152, 168, 192, 193, 210,
                                           211, 386, 388, 389, 516, 1094};
    static const std::set<int> kKept = {23,  78,  81,  106, 107, 117, 121, 140, 354,
                                        355, 468, 469, 586, 835, 836, 837, 841};
    for (const FixVersion version : kVersions) {
        for (int tag = 1; tag < 3'000; ++tag) {
            if (dictionaries(version).has_field("D", tag) ||
                dictionaries(version).has_field("G", tag)) {
                INFO(to_text(version) << " " << tag);
                const bool handed_on = codec::extra_row(tag) != nullptr && tag != 66;
                CHECK(kRead.count(tag) + kRefused.count(tag) + kKept.count(tag) +
                          (handed_on ? 1U : 0U) ==
                      1U);
            }
        }
    }
}

TEST_CASE("what a client of the venue's version says goes on as it is") {
    const std::string of_42 = "18=1 G|47=A|109=CLI|76=BRK|77=O|48=US0378331005|22=4|58=hello";
    CHECK(to_venue(of_42, FixVersion::Fix42) == of_42);
    const std::string of_50 = "453=1|448=TRADER|447=P|452=12|2376=24|2593=1|2594=0|2595=Y|1724=5";
    CHECK(to_venue(of_50, FixVersion::Fix50Sp2) == of_50);
}

TEST_CASE("Rule80A(47) becomes OrderCapacity(528) and OrderRestrictions(529), and back") {
    const auto [rule, later, back] = GENERATE(table<std::string, std::string, std::string>({
        {"A", "528=A", "A"},
        {"D", "528=P|529=1 2", "D"},
        {"C", "528=P|529=1 3", "C"},
        {"I", "528=I", "I"},
        {"M", "528=W|529=1 2", "M"},
        {"O", "528=P|529=4", "O"},
        {"R", "528=A|529=4", "R"},
        {"S", "528=P|529=5", "S"},
        {"B", "528=A", "A"},
        {"X", "528=W|529=4", "T"},
    }));
    for (const FixVersion version : {FixVersion::Fix44, FixVersion::Fix50Sp2}) {
        CHECK(to_venue("47=" + rule, version) == later);
        CHECK(to_client("47=" + rule, version) == later);
    }
    CHECK(to_venue("47=" + rule, FixVersion::Fix42) == "47=" + rule);
    CHECK(to_venue(later, FixVersion::Fix42) == "47=" + back);
}

TEST_CASE("a capacity that FIX 4.2 does not have is left out there, and the nearest one is taken") {
    CHECK(to_venue("528=M", FixVersion::Fix42) == "");
    CHECK(to_venue("528=R", FixVersion::Fix42) == "47=P");
    CHECK(to_venue("528=I|529=4", FixVersion::Fix42) == "47=I");
    CHECK(to_venue("528=M|529=B 1", FixVersion::Fix44) == "529=1");
}

TEST_CASE("broker and client of FIX 4.2 are Parties of later versions, and back") {
    CHECK(to_venue("109=CLI|76=BRK", FixVersion::Fix44) ==
          "453=2|448=BRK|447=D|452=1|448=CLI|447=D|452=3");
    CHECK(to_venue("439=FIRM|440=ACC9", FixVersion::Fix50Sp2) ==
          "453=2|448=FIRM|447=D|452=4|448=ACC9|447=D|452=83");
    CHECK(to_venue("453=3|448=CLI|447=D|452=3|448=BRK|447=C|452=1|802=1|523=d|803=4|448=X|447=D|"
                   "452=11",
                   FixVersion::Fix42) == "109=CLI|76=BRK");
}

TEST_CASE("a group that the version does not have is left out with its members") {
    CHECK(to_venue("2593=1|2594=0|2595=Y|528=A|454=1|455=X|456=4", FixVersion::Fix44) ==
          "528=A|454=1|455=X|456=4");
    CHECK(to_venue("453=1|448=T|447=P|452=12|2376=24", FixVersion::Fix44) ==
          "453=1|448=T|447=P|452=12");
}

TEST_CASE("a value that the version does not have is left out") {
    CHECK(to_venue("77=R|18=o f 1|22=A|63=M3|48=X", FixVersion::Fix42) == "18=1|48=X");
    CHECK(to_client("851=10|29=5", FixVersion::Fix44) == "");
    CHECK(to_client("851=10|29=5", FixVersion::Fix50Sp2) == "851=10|29=5");
}

TEST_CASE("a client's Text(58) goes to the venue and a ListID(66) comes back, not the other way") {
    CHECK(to_venue("58=hello|66=L1", FixVersion::Fix44) == "58=hello");
    CHECK(to_client("58=hello|66=L1", FixVersion::Fix44) == "66=L1");
}

TEST_CASE("what both client and venue say is told once, in the venue's words") {
    CHECK(to_client("64=20260107|63=0|64=20260105", FixVersion::Fix44) == "63=0|64=20260105");
    CHECK(to_client("7001=a|7001=b", FixVersion::Fix44, {7001}) == "7001=b");
}

TEST_CASE("a user-defined tag goes to those who listed it") {
    CHECK(to_venue("7001=a|7002=b", FixVersion::Fix44, {7002}) == "7002=b");
    CHECK(to_venue("7001=a|7002=b", FixVersion::Fix44) == "");
    CHECK(to_client("7001=a|7002=b", FixVersion::Fix42, {7001, 7002}) == "7001=a|7002=b");
}

TEST_CASE("HandlInst(21) of the client is the one that a FIX 4.2 venue gets") {
    codec::VenueEncoder encoder(FixVersion::Fix42, kInstance);
    const std::string message(
        encoder.encode(request(VenueRequestKind::New, extras_of("21=2")), header()));
    CHECK(readable(message).find("|21=2|") != std::string::npos);
    CHECK(readable(message).find("|21=1|") == std::string::npos);
}

TEST_CASE("from whichever version the fields come, the request validates in the venue's version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    const auto kind = GENERATE(VenueRequestKind::New, VenueRequestKind::Replace);
    codec::VenueEncoder encoder(version, kInstance);
    for (const std::string& fields : every_extras()) {
        const std::string message(encoder.encode(request(kind, extras_of(fields)), header()));
        INFO(to_text(version) << " " << readable(message));
        CHECK(dictionaries(version).reject_reason(message) == std::nullopt);
    }
}

TEST_CASE("an order keeps what is handed on in the client's words and order") {
    const Command command = decoded(
        "11=A1|18=G|55=ACME|453=1|448=CLI|447=D|452=3|54=1|58=hello|38=1|40=1|7001=x|107=Acme Inc",
        FixVersion::Fix44);
    CHECK(command.defect.view() == "");
    CHECK(readable(command.extras.view()) == "18=G|453=1|448=CLI|447=D|452=3|58=hello|7001=x|");
}

TEST_CASE("a member of a group that stands outside its group is not handed on") {
    CHECK(readable(decoded("448=CLI|453=1|448=A|447=D|55=ACME|452=3", FixVersion::Fix44)
                       .extras.view()) == "453=1|448=A|447=D|");
}

TEST_CASE("an order with more to hand on than fits is refused, never cut") {
    const std::string fits = "58=" + std::string(247 - 4, 'x');
    const Command taken = decoded("11=A1|" + fits, FixVersion::Fix44);
    CHECK(taken.defect.view() == "");
    CHECK(taken.extras.size() == 247);
    const Command refused = decoded("11=A1|" + fits + "|48=X", FixVersion::Fix44);
    CHECK(refused.defect.view() ==
          "SecurityID(48)='X' does not fit: more than 247 bytes are to be handed on");
}

TEST_CASE("a cancel hands nothing on") {
    Command command;
    codec::decode_command(wire("35=F|11=A2|41=A1|55=ACME|54=1|58=please|376=C"), FixVersion::Fix44,
                          SessionId{3}, 77, command);
    CHECK(command.extras.empty());
}

TEST_CASE("a venue's report says to the client where and how it was executed") {
    VenueEvent event;
    CHECK(codec::decode_venue(
              wire("35=8|34=5|37=V|11=G3-17.0|17=E|150=F|39=1|55=ACME|54=1|32=5|31=2|151=5|14=5|"
                   "6=2|30=XNYS|851=1|453=1|448=CLI|447=D|452=3|382=1|375=C|337=T|528=A|7001=q"),
              FixVersion::Fix44, VenueId{1}, kInstance, event) == codec::VenueWord::Event);
    CHECK(readable(event.extras.view()) == "30=XNYS|851=1|382=1|375=C|337=T|7001=q|");
}

TEST_CASE("of a venue's report a group that does not fit is left out as a whole") {
    VenueEvent event;
    const std::string many(200, 'T');
    CHECK(codec::decode_venue(wire("35=8|34=5|37=V|11=G3-17.0|17=E|150=F|39=1|32=5|31=2|14=5|30=X|"
                                   "382=2|375=A|337=B|375=C|337=" +
                                   many + many + "|851=1"),
                              FixVersion::Fix44, VenueId{1}, kInstance,
                              event) == codec::VenueWord::Event);
    CHECK(readable(event.extras.view()) == "30=X|851=1|");
}

}  // namespace sluice::test
