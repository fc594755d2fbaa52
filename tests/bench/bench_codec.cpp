// What the codec costs on one core: nanoseconds for one message, the median of many rounds. Each
// result is used, so that nothing is optimised away. Build it with the release preset.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sessions/codec/command_decoder.hpp"
#include "sessions/codec/message_writer.hpp"
#include "sessions/codec/report_encoder.hpp"
#include "sessions/codec/venue_decoder.hpp"
#include "sessions/codec/venue_encoder.hpp"

namespace {

using namespace sluice;

constexpr int kRounds = 51;
constexpr int kPerRound = 10'000;
constexpr UtcNanos kTime{1'767'323'045'678'901'234};
const Instance kInstance("G");
constexpr OrderId kOrder{(std::uint64_t{3} << kEpochShift) | 17};

std::uint64_t used = 0;

template <class Work>
void measure(std::string_view what, std::size_t bytes, Work work) {
    std::vector<double> rounds;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < kPerRound; ++i) {
            used += work(static_cast<std::uint32_t>(i));
        }
        const std::chrono::duration<double, std::nano> took =
            std::chrono::steady_clock::now() - start;
        rounds.push_back(took.count() / kPerRound);
    }
    std::sort(rounds.begin(), rounds.end());
    fmt::print("{:<34} {:>5} bytes {:>8.1f} ns\n", what, bytes, rounds[kRounds / 2]);
}

VenueRequest new_order() {
    VenueRequest request;
    request.order = kOrder;
    request.time = kTime;
    request.order_qty = Quantity::from_int(100);
    request.price = Price::from_units(10'125'000'000);
    request.account = AccountName("ACC1");
    request.symbol = SymbolName("ACME");
    request.side = Side::Buy;
    request.ord_type = OrdType::Limit;
    request.flags = command_flag::kHasPrice;
    return request;
}

Report fill() {
    Report report;
    report.order = kOrder;
    report.exec = ExecId{kOrder.value + 25};
    report.time = kTime;
    report.order_qty = Quantity::from_int(100);
    report.last_qty = report.cum_qty = Quantity::from_int(40);
    report.leaves_qty = Quantity::from_int(60);
    report.price = Price::from_units(10'125'000'000);
    report.last_px = report.avg_px = Price::from_units(10'120'000'000);
    report.cl_ord_id = ClOrdId("CLIENT-20260102-000017");
    report.account = AccountName("ACC1");
    report.symbol = SymbolName("ACME");
    report.side = Side::Buy;
    report.ord_type = OrdType::Limit;
    report.exec_type = ExecType::Trade;
    report.ord_status = OrdStatus::PartiallyFilled;
    report.flags = report_flag::kHasPrice | report_flag::kHasLast;
    return report;
}

codec::Header header(std::uint32_t number) {
    return {"CLIENT1", "SLUICE", number, kTime + std::int64_t{number} * 1'000};
}

}  // namespace

int main() {
    constexpr auto kVersion = FixVersion::Fix44;
    codec::VenueEncoder requests(kVersion, kInstance);
    codec::ReportEncoder reports(kVersion, kInstance);
    const VenueRequest request = new_order();
    Report report = fill();
    const std::string order(requests.encode(request, header(1)));
    const std::string execution(reports.encode(report, header(1)));

    measure("decode NewOrderSingle(D)", order.size(), [&](std::uint32_t number) {
        Command command;
        codec::decode_command(order, kVersion, SessionId{1}, number, command);
        return command.cl_ord_id.size() + command.flags;
    });
    measure("encode ExecutionReport(8)", execution.size(),
            [&](std::uint32_t number) { return reports.encode(report, header(number)).size(); });
    measure("encode NewOrderSingle(D)", order.size(),
            [&](std::uint32_t number) { return requests.encode(request, header(number)).size(); });
    report.cl_ord_id = ClOrdId("G3-17.0");
    const std::string answer(reports.encode(report, header(1)));
    measure("decode a venue's ExecutionReport(8)", answer.size(), [&](std::uint32_t) {
        VenueEvent event;
        (void)codec::decode_venue(answer, kVersion, VenueId{1}, kInstance, event);
        return static_cast<std::uint64_t>(event.last_qty.units());
    });
    measure("body_of an ExecutionReport(8)", execution.size(),
            [&](std::uint32_t) { return codec::body_of(execution).size(); });
    return used == 0 ? 1 : 0;
}
