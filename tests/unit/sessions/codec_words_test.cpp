#include "sessions/codec_words.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "tests/unit/sessions/session_house.hpp"

using namespace sluice;

namespace {

Report shape(std::uint64_t cause, ReportKind kind, ExecType exec_type, OrdStatus status) {
    Report report;
    report.cause = cause;
    report.kind = kind;
    report.exec_type = exec_type;
    report.ord_status = status;
    report.order = {(std::uint64_t{1} << kEpochShift) | 1U};
    report.exec = {(std::uint64_t{1} << kEpochShift) | cause};
    report.time = {1'767'225'600'123'456'789};
    report.order_qty = Quantity::from_int(100);
    report.leaves_qty = Quantity::from_int(40);
    report.cum_qty = Quantity::from_int(60);
    report.last_qty = Quantity::from_int(60);
    report.last_px = Price::from_int(10);
    report.avg_px = Price::from_int(10);
    report.price = Price::from_int(10);
    report.cl_ord_id = ClOrdId("A1");
    report.account = AccountName("ACC");
    report.symbol = SymbolName("ACME");
    report.side = Side::Buy;
    report.ord_type = OrdType::Limit;
    report.flags = report_flag::kHasPrice;
    if (kind != ReportKind::Execution) {
        report.reason = RejectReason::UnknownOrder;
        report.response_to = CxlRejResponseTo::Cancel;
        report.orig_cl_ord_id = ClOrdId("A0");
        report.ref_msg_type = Text<4>("E");
        report.ref_seq_num = 2;
    }
    if (exec_type == ExecType::Trade) {
        report.flags |= report_flag::kHasLast;
    }
    return report;
}

const std::vector<Report>& shapes() {
    static const std::vector<Report> all{
        shape(50, ReportKind::Execution, ExecType::New, OrdStatus::New),
        shape(51, ReportKind::Execution, ExecType::Trade, OrdStatus::PartiallyFilled),
        shape(52, ReportKind::Execution, ExecType::Canceled, OrdStatus::Canceled),
        shape(53, ReportKind::Execution, ExecType::Replaced, OrdStatus::PartiallyFilled),
        shape(54, ReportKind::Execution, ExecType::Expired, OrdStatus::Expired),
        shape(55, ReportKind::Execution, ExecType::DoneForDay, OrdStatus::DoneForDay),
        shape(56, ReportKind::CancelReject, ExecType::New, OrdStatus::Rejected),
        shape(57, ReportKind::BusinessReject, ExecType::New, OrdStatus::New),
        shape(58, ReportKind::Execution, ExecType::Restated, OrdStatus::New),
    };
    return all;
}

}  // namespace

TEST_CASE("what a venue says and cannot be read reaches the core, with the order and the reason") {
    CodecVenueWords words(FixVersion::Fix44, Instance("G"));
    const OrderId order{(std::uint64_t{1} << kEpochShift) | 77U};
    const std::string id(venue_cl_ord_id_text(Instance("G"), order, 2).view());
    const auto event = words.decode(
        test::with_sohs("8=FIX.4.4|9=1|35=8|34=5|11=" + id + "|37=V|150=F|32=1|31=x|14=3|10=000|"),
        VenueId{4});
    REQUIRE(event.has_value());
    CHECK(event->kind == VenueEventKind::Unreadable);
    CHECK(event->order == order);
    CHECK(event->version == 2);
    CHECK(event->text.view() == "LastPx(31)='x' cannot be read as a decimal");
}

TEST_CASE("every shape of report that was encoded can be sent again") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    CodecClientWords words(version, Instance("G"));
    test::SessionHouse house({test::profile_of(version)}, {}, 64, &words);
    test::SocketPeer peer;
    peer.begin_string = begin_string(version);
    peer.connect_to(house.port());
    const std::string more = version == FixVersion::Fix50Sp2 ? "1137=9|" : "";
    peer.send("35=A|34=1|98=0|108=30|" + more);
    REQUIRE(house.next(peer).find("|35=A|") != std::string::npos);
    for (const Report& report : shapes()) {
        house.report(report);
    }
    std::vector<std::string> first;
    for (std::size_t i = 0; i < shapes().size(); ++i) {
        first.push_back(house.next(peer));
    }
    peer.send("35=2|34=2|7=2|16=0|");
    for (std::size_t i = 0; i < shapes().size(); ++i) {
        const std::string again = house.next(peer);
        INFO(again);
        CHECK(again.find("|43=Y|") != std::string::npos);
        CHECK(engine::field_of(test::with_sohs(again), 34) ==
              engine::field_of(test::with_sohs(first[i]), 34));
        CHECK(engine::field_of(test::with_sohs(again), 35) ==
              engine::field_of(test::with_sohs(first[i]), 35));
    }
    peer.send("35=1|34=3|112=DONE|");
    CHECK(house.next(peer).find("|112=DONE|") != std::string::npos);
}

TEST_CASE(
    "the codec's words read a list as its orders, and write the tags that the other side takes") {
    CodecClientWords words(FixVersion::Fix44, Instance("G"));
    std::string list = "8=FIX.4.4|9=0|35=E|34=2|66=L1|394=3|68=2|73=2|11=A1|67=1|11=A2|67=2|10=0|";
    std::replace(list.begin(), list.end(), '|', '\x01');
    std::vector<Command> commands;
    words.decode_list(list, commands);
    REQUIRE(commands.size() == 2);
    CHECK(commands[1].cl_ord_id == "A2");

    Report report = shape(60, ReportKind::Execution, ExecType::New, OrdStatus::New);
    REQUIRE(
        report.extras.append("7001=x\x01"
                             "7002=y\x01"));
    const std::array<std::uint32_t, 1> tags{7002};
    OutgoingHeader header{"FIX.4.4", "G", "C", 1, {}, 3, tags, "OWNER"};
    const std::string message(words.encode(report, header));
    CHECK(engine::field_of(message, 7002) == "y");
    CHECK(engine::field_of(message, 7001).empty());
    CHECK(engine::field_of(message, 115) == "OWNER");
}
