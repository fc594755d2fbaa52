#include "sessions/codec/report_encoder.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/codec/quickfix_view.hpp"
#include "tests/unit/codec/reports.hpp"
#include "tests/unit/codec/wire.hpp"

namespace sluice::test {
namespace {

using codec::ReportEncoder;

std::string fields_of(const Report& report, FixVersion version) {
    return readable(ReportEncoder(version, kInstance).encode_body(report));
}

}  // namespace

TEST_CASE("a fill in FIX 4.4 is a Trade with everything that a client books by") {
    ReportEncoder encoder(FixVersion::Fix44, kInstance);
    CHECK(readable(encoder.encode(fill(), header())) ==
          readable(wire("35=8|49=GATE|56=CLIENT|34=7|52=20260102-03:04:05.678|37=G3-17|11=A1|"
                        "17=G3-E43|150=F|39=1|1=ACC|55=ACME|54=1|38=100|40=2|44=101.25|59=0|32=40|"
                        "31=101.2|151=60|14=40|6=101.2|60=20260102-03:04:05.678901234")));
}

TEST_CASE("FIX 5.0SP2 travels over FIXT.1.1 and tells the venue") {
    Report report = working_order();
    report.ex_destination = DestinationName("XNYS");
    ReportEncoder encoder(FixVersion::Fix50Sp2, kInstance);
    const std::string message(encoder.encode(report, header()));
    CHECK(value_of(message, 8) == "FIXT.1.1");
    CHECK(value_of(message, 100) == "XNYS");
    CHECK(value_of(fields_of(report, FixVersion::Fix44), 100).empty());
}

TEST_CASE(
    "FIX 4.2 tells by ExecType(150), OrdStatus(39) and ExecTransType(20) what later versions "
    "tell by ExecType(150) alone") {
    struct Row {
        ExecType type;
        OrdStatus status;
        int cum;
        std::string told;
    };
    const auto row = GENERATE(values<Row>({
        {ExecType::New, OrdStatus::New, 0, "0 0 0"},
        {ExecType::Trade, OrdStatus::PartiallyFilled, 40, "0 1 1"},
        {ExecType::Trade, OrdStatus::Filled, 100, "0 2 2"},
        {ExecType::Trade, OrdStatus::PendingCancel, 40, "0 1 6"},
        {ExecType::Trade, OrdStatus::PendingCancel, 100, "0 2 6"},
        {ExecType::TradeCancel, OrdStatus::PartiallyFilled, 40, "1 1 1"},
        {ExecType::TradeCorrect, OrdStatus::Filled, 100, "2 2 2"},
        {ExecType::OrderStatus, OrdStatus::PartiallyFilled, 40, "3 1 1"},
        {ExecType::OrderStatus, OrdStatus::Rejected, 0, "3 8 8"},
        {ExecType::Replaced, OrdStatus::New, 0, "0 5 5"},
        {ExecType::Replaced, OrdStatus::PartiallyFilled, 40, "0 5 1"},
        {ExecType::Restated, OrdStatus::New, 0, "0 D 0"},
        {ExecType::PendingReplace, OrdStatus::PendingReplace, 0, "0 E E"},
        {ExecType::Canceled, OrdStatus::Canceled, 0, "0 4 4"},
    }));
    Report report = working_order();
    report.exec_type = row.type;
    report.ord_status = row.status;
    report.cum_qty = Quantity::from_int(row.cum);
    ReportEncoder encoder(FixVersion::Fix42, kInstance);
    const std::string message(encoder.encode(report, header()));
    CHECK(value_of(message, 20) + " " + value_of(message, 150) + " " + value_of(message, 39) ==
          row.told);
}

TEST_CASE("later versions have no ExecTransType(20) and no OrdStatus(39) Replaced") {
    const auto version = GENERATE(FixVersion::Fix44, FixVersion::Fix50Sp2);
    Report report = working_order();
    report.exec_type = ExecType::Replaced;
    report.ord_status = OrdStatus::Replaced;
    const std::string message(ReportEncoder(version, kInstance).encode(report, header()));
    CHECK(value_of(message, 20).empty());
    CHECK(value_of(message, 150) == "5");
    CHECK(value_of(message, 39) == "0");
}

TEST_CASE("a correction names the execution that it corrects") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    Report report = fill();
    report.exec_type = ExecType::TradeCancel;
    report.ref_exec = ExecId{(std::uint64_t{3} << kEpochShift) | 42};
    ReportEncoder encoder(version, kInstance);
    CHECK(value_of(encoder.encode(report, header()), 19) == "G3-E42");
}

TEST_CASE("a refused order has OrderID(37) NONE, the reason's code and its words") {
    ReportEncoder encoder(FixVersion::Fix44, kInstance);
    const std::string message(encoder.encode(refused_new(RejectReason::MaxOrderQty), header()));
    CHECK(value_of(message, 37) == "NONE");
    CHECK(value_of(message, 150) == "8");
    CHECK(value_of(message, 39) == "8");
    CHECK(value_of(message, 103) == "3");
    CHECK(value_of(message, 58) == "MAX_ORDER_QTY account:max_order_qty limit=10 observed=100");
}

TEST_CASE("a refused cancel says where the order stands and what was refused") {
    ReportEncoder encoder(FixVersion::Fix44, kInstance);
    CHECK(readable(encoder.encode_body(refused_cancel(RejectReason::TooLate))) ==
          "37=G3-17|11=A2|41=A1|39=0|1=ACC|60=20260102-03:04:05.678901234|434=1|102=0|"
          "58=TOO_LATE: the order is over|");
}

TEST_CASE("a refused message is named by number, type and ClOrdID(11)") {
    ReportEncoder encoder(FixVersion::Fix50Sp2, kInstance);
    CHECK(readable(encoder.encode_body(refused_message(RejectReason::Throttled))) ==
          "45=12|372=D|379=A1|380=8|58=THROTTLED: at most 50 a second|");
}

TEST_CASE("a report says the same whatever its number and time") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    ReportEncoder encoder(version, kInstance);
    for (const auto& [name, report] : every_shape()) {
        INFO(name);
        const std::string first(encoder.encode(report, header(1)));
        const std::string second(encoder.encode(report, {"OTHER", "ELSE", 123'456, UtcNanos{1}}));
        CHECK(first != second);
        CHECK(codec::body_of(first) == codec::body_of(second));
        CHECK(codec::body_of(first) == encoder.encode_body(report));
        CHECK_FALSE(codec::body_of(first).empty());
    }
}

TEST_CASE("words that hold a field separator cannot forge a field") {
    Report report = refused_new(RejectReason::VenueRejected);
    report.text = Prose(
        "bad\x01"
        "39=2\x01\n");
    ReportEncoder encoder(FixVersion::Fix44, kInstance);
    const std::string message(encoder.encode(report, header()));
    CHECK(value_of(message, 39) == "8");
    CHECK(value_of(message, 58) == "bad 39=2  ");
}

TEST_CASE("the longest texts and numbers of a report fit") {
    Report report = fill();
    const std::string w(40, 'W');
    report.order = OrderId{~std::uint64_t{0}};
    report.exec = report.ref_exec = ExecId{~std::uint64_t{0}};
    report.exec_type = ExecType::TradeCorrect;
    report.cl_ord_id = report.orig_cl_ord_id = ClOrdId(w);
    report.account = AccountName(w.substr(0, 24));
    report.symbol = SymbolName(w.substr(0, 24));
    report.ex_destination = DestinationName(w.substr(0, 12));
    report.text = Prose(std::string(120, 'W'));
    const auto lowest = std::numeric_limits<std::int64_t>::min();
    report.price = report.stop_px = report.last_px = report.avg_px = Price::from_units(lowest);
    report.order_qty = report.cum_qty = report.leaves_qty = report.last_qty =
        Quantity::from_units(lowest);
    report.flags |= report_flag::kHasStopPx | report_flag::kUnsolicited;
    report.restatement_reason = 255;
    const std::string sender(codec::kCompIdsMax / 2, 'S');
    const std::string target(codec::kCompIdsMax / 2, 'T');
    ReportEncoder encoder(FixVersion::Fix50Sp2, Instance("WXYZ"), {9, 9});
    const codec::Header longest{sender, target, 0xffff'ffffU,
                                UtcNanos{std::numeric_limits<std::int64_t>::max()}};
    const std::string message(encoder.encode(report, longest));
    CHECK(value_of(message, 44) == "-92233720368.54775808");
    const auto body_at = message.find("35=");
    CHECK(message == wire(message.substr(body_at, message.rfind("10=") - body_at), "FIXT.1.1"));
}

TEST_CASE("a triggered stop order is ExecType(150) L in FIX 5.0SP2 and a restatement before it") {
    Report report = working_order();
    report.exec_type = ExecType::Triggered;
    const auto [version, words] =
        GENERATE(table<FixVersion, std::string>({{FixVersion::Fix42, "|20=0|150=D|39=0|378=4|"},
                                                 {FixVersion::Fix44, "|150=D|39=0|378=8|"},
                                                 {FixVersion::Fix50Sp2, "|150=L|39=0|1=ACC|"}}));
    codec::ReportEncoder encoder(version, kInstance);
    CHECK(readable(encoder.encode(report, header())).find(words) != std::string::npos);
}

TEST_CASE("a drop copy says in its header whose order it is") {
    Report report = fill();
    report.flags |= report_flag::kDropCopy;
    codec::Header head = header();
    head.on_behalf_of_comp_id = "CLIENT7";
    const auto [version, indicator] = GENERATE(table<FixVersion, std::string>(
        {{FixVersion::Fix42, ""}, {FixVersion::Fix44, "Y"}, {FixVersion::Fix50Sp2, "Y"}}));
    codec::ReportEncoder encoder(version, kInstance);
    const std::string message(encoder.encode(report, head));
    CHECK(value_of(message, 115) == "CLIENT7");
    CHECK(value_of(message, 797) == indicator);
    CHECK(dictionaries(version).reject_reason(message) == std::nullopt);
    CHECK(std::string(codec::body_of(message)) == std::string(encoder.encode_body(report)));
}

TEST_CASE("an answer names the question that it answers") {
    Report report = fill();
    report.exec_type = ExecType::OrderStatus;
    report.request_id = ClOrdId("S-1");
    codec::ReportEncoder encoder(FixVersion::Fix44, kInstance);
    CHECK(value_of(encoder.encode(report, header()), 790) == "S-1");
    report.flags |= report_flag::kMassStatus | report_flag::kLast;
    report.total = 3;
    const std::string mass(encoder.encode(report, header()));
    CHECK(value_of(mass, 790) == "");
    CHECK(value_of(mass, 584) == "S-1");
    CHECK(value_of(mass, 911) == "3");
    CHECK(value_of(mass, 912) == "Y");
}

TEST_CASE("a mass cancel is answered with a name of the answer, and says how many it touched") {
    Report report;
    report.kind = ReportKind::MassCancel;
    report.exec = ExecId{(std::uint64_t{3} << kEpochShift) | 44};
    report.cl_ord_id = ClOrdId("Q1");
    report.mass_type = '7';
    report.total = 12;
    codec::ReportEncoder encoder(FixVersion::Fix50Sp2, kInstance);
    const std::string done(encoder.encode(report, header()));
    CHECK(readable(codec::body_of(done))
              .starts_with("11=Q1|37=G3-E44|1369=G3-E44|530=7|531=7|533=12|"));
    report.reason = RejectReason::InvalidField;
    const std::string refused(encoder.encode(report, header()));
    CHECK(value_of(refused, 531) == "0");
    CHECK(value_of(refused, 532) == "99");
}

}  // namespace sluice::test
