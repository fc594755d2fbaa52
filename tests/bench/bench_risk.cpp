// What the whole list of checks costs for a new order, with many accounts, instruments and working
// orders: percentiles of single decisions, and what each check adds. The orders come in an order
// that the processor's caches cannot guess, as they do from many clients. Build it with the release
// preset.
//
//   bench_risk [--orders N] [--accounts N] [--instruments N] [--decisions N] [--rounds N]
//
// Times mean something on an idle machine only. Instructions do not depend on what else runs:
// scripts/bench_risk counts those of decide() and of each check with callgrind.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gateway/risk/checks.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace {

using namespace sluice;

struct Options {
    std::uint32_t orders = 1'000'000;
    std::uint32_t accounts = 1'000;
    std::uint32_t instruments = 100;
    std::uint32_t decisions = 200'000;
    std::uint32_t rounds = 7;  // of the table by check; 0: none
};

constexpr std::uint32_t kGroups = 20;
constexpr std::uint32_t kSessions = 50;

LimitValue number(std::int64_t value) {
    return LimitValue::number(Decimal::from_int(value));
}

constexpr std::int64_t kPlenty = 90'000'000'000;

// Every limit of a level is a number, so that every comparison is made.
void limit_money(Limits& limits) {
    for (const LimitKey key :
         {LimitKey::MaxOrderQty, LimitKey::MaxOrderNotional, LimitKey::MaxLong, LimitKey::MaxShort,
          LimitKey::MaxGrossNotional, LimitKey::MaxNetNotional, LimitKey::MaxTurnover,
          LimitKey::MaxOpenOrders, LimitKey::DailyLoss, LimitKey::Credit}) {
        limits[key] = number(kPlenty);
    }
    limits[LimitKey::DupBurstMax] = number(1'000);
}

void limit_rate(Limits& limits) {
    limits[LimitKey::ThrottleRate] = number(1'000'000'000);
    limits[LimitKey::OrderToTradeMax] = number(1'000'000'000);
    limits[LimitKey::MaxExecutions] = number(1'000'000'000);
}

CoreConfig everything(const Options& options) {
    CoreConfig config;
    config.currency = "USD";
    config.max_orders = options.orders + 1;
    config.fx = {{"EUR", "USD", Decimal::parse("1.0837").value()}};
    limit_money(config.firm);
    for (std::uint32_t i = 0; i < kGroups; ++i) {
        GroupConfig& group = config.groups.emplace_back();
        group.id = fmt::format("G{}", i);
        limit_money(group.limits);
    }
    for (std::uint32_t i = 0; i < options.instruments; ++i) {
        InstrumentConfig& instrument = config.instruments.emplace_back();
        instrument.symbol = fmt::format("SYM{}", i);
        instrument.currency = i % 2 == 0 ? "USD" : "EUR";
        instrument.limits[LimitKey::MaxRefAgeMs] = LimitValue::unlimited();
        instrument.limits[LimitKey::CollarBps] = number(1'000);
    }
    for (std::uint32_t i = 0; i < options.accounts; ++i) {
        AccountConfig& account = config.accounts.emplace_back();
        account.id = fmt::format("A{}", i);
        account.group = fmt::format("G{}", i % kGroups);
        account.currency = "USD";
        account.self_match = SelfMatch::Reject;
        limit_money(account.limits);
        limit_rate(account.limits);
    }
    for (std::uint32_t i = 0; i < kSessions; ++i) {
        SessionConfig& session = config.sessions.emplace_back();
        session.id = fmt::format("S{}", i);
        for (const AccountConfig& account : config.accounts) {
            session.accounts.push_back(account.id);
        }
        limit_rate(session.limits);
    }
    VenueConfig& venue = config.venues.emplace_back();
    venue.id = "V";
    return config;
}

// One client's request, and what its words name.
struct Request {
    Command command;
    Parties parties;
};

class Desk {
public:
    explicit Desk(const Options& options) : options_(options) {
        const CoreConfig config = everything(options);
        orders.size_for(config.max_orders);
        names.learn(config);
        risk.configure(config, now_);
        for (const InstrumentConfig& instrument : config.instruments) {
            RefPrice price;
            price.symbol = SymbolName(instrument.symbol);
            price.bid = Price::from_int(99);
            price.ask = price.last = Price::from_int(101);
            price.flags = RefPrice::kBid | RefPrice::kAsk | RefPrice::kLast;
            risk.set_reference(meta(), price);
        }
        for (std::uint32_t i = 0; i < options.orders; ++i) {
            enter(request(i));
        }
    }

    InputMeta meta() {
        now_ = now_ + std::int64_t{1'000};
        return {++seq_, now_};
    }

    // Buys below 99 and sells above 101, so that no order meets one of the same group.
    Request request(std::uint32_t number) {
        Request made;
        Command& command = made.command;
        const std::uint32_t account = pick(options_.accounts);
        const std::uint32_t instrument = pick(options_.instruments);
        command.kind = CommandKind::NewOrder;
        command.session = {pick(kSessions)};
        command.cl_ord_id = ClOrdId(fmt::format("C{}", number));
        command.account = AccountName(fmt::format("A{}", account));
        command.symbol = SymbolName(fmt::format("SYM{}", instrument));
        command.side = pick(2) == 0 ? Side::Buy : Side::Sell;
        command.ord_type = OrdType::Limit;
        command.order_qty = Quantity::from_int(1 + pick(500));
        command.price = Price::from_units(
            (command.side == Side::Buy ? 9'400 + pick(500) : 10'100 + pick(500)) * 1'000'000LL);
        command.flags = command_flag::kHasOrderQty | command_flag::kHasPrice;
        made.parties = {command.session, {account}, {instrument}, {0}, kNoIndex};
        return made;
    }

    NameTable names;
    OrderTable orders;
    RiskEngine risk{orders, names};

private:
    std::uint32_t pick(std::uint32_t below) {
        return static_cast<std::uint32_t>(random_() % below);
    }

    void enter(const Request& wanted) {
        Decision decision;
        const InputMeta input = meta();
        const Command& command = wanted.command;
        const Assessment result = risk.assess(input, command, wanted.parties, nullptr, decision);
        GW_CHECK(result.accepted());
        Order& order = orders.create({seq_});
        order.session = command.session;
        order.account = wanted.parties.account;
        order.instrument = wanted.parties.instrument;
        order.venue = wanted.parties.venue;
        order.side = command.side;
        order.ord_type = command.ord_type;
        order.cl_ord_id = command.cl_ord_id;
        order.root_cl_ord_id = command.cl_ord_id;
        risk.accept_new(order, input, result, decision);
        GW_CHECK(orders.use(command.session, command.cl_ord_id, order.id, content_hash(command)));
    }

    Options options_;
    std::mt19937_64 random_{20260102};
    UtcNanos now_{1'767'323'045'000'000'000};
    std::uint64_t seq_ = 0;
};

double nanoseconds(std::chrono::steady_clock::duration took) {
    return std::chrono::duration<double, std::nano>(took).count();
}

double percentile(std::vector<double>& values, double of) {
    const auto at = static_cast<std::ptrdiff_t>(static_cast<double>(values.size() - 1) * of);
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

// What reading the clock twice costs; taken off every single measurement.
double clock_cost() {
    std::vector<double> costs(10'001);
    for (double& cost : costs) {
        const auto start = std::chrono::steady_clock::now();
        cost = nanoseconds(std::chrono::steady_clock::now() - start);
    }
    return percentile(costs, 0.5);
}

// Not inlined: its instructions are counted by its name.
[[gnu::noinline]] bool decide(Desk& desk, const InputMeta& meta, const Request& request) {
    Decision decision;
    return desk.risk.assess(meta, request.command, request.parties, nullptr, decision).accepted();
}

void measure_decisions(Desk& desk, const std::vector<Request>& requests) {
    const double clock = clock_cost();
    std::vector<double> costs;
    costs.reserve(requests.size());
    std::uint64_t accepted = 0;
    for (const Request& request : requests) {
        const InputMeta meta = desk.meta();
        const auto start = std::chrono::steady_clock::now();
        accepted += decide(desk, meta, request) ? 1U : 0U;
        costs.push_back(nanoseconds(std::chrono::steady_clock::now() - start) - clock);
    }
    GW_CHECK(accepted == requests.size());
    fmt::print("{} decisions: p50 {:.0f} ns, p99 {:.0f} ns, p99.9 {:.0f} ns\n", requests.size(),
               percentile(costs, 0.5), percentile(costs, 0.99), percentile(costs, 0.999));
}

// Nanoseconds of the first `rows` checks for one request.
double cost_of_first(std::size_t rows, Desk& desk, const std::vector<Request>& requests) {
    const InputMeta meta = desk.meta();
    std::uint64_t failed = 0;
    const auto start = std::chrono::steady_clock::now();
    for (const Request& request : requests) {
        CheckContext context(desk.risk.state(), desk.orders, meta, request.command, request.parties,
                             nullptr);
        for (std::size_t row = 0; row < rows; ++row) {
            const Check& check = kCheckTable[row];
            if ((check.applies_to & applies::kNew) != 0) {
                failed += check.ask(context) == CheckResult::Fail ? 1U : 0U;
            }
        }
    }
    const double cost = nanoseconds(std::chrono::steady_clock::now() - start);
    GW_CHECK(failed == 0);
    return cost / static_cast<double>(requests.size());
}

void measure_checks(Desk& desk, const std::vector<Request>& requests, std::uint32_t rounds) {
    fmt::print("\n{:<24} {:>8} {:>8}\n", "CHECK", "ADDS ns", "SUM ns");
    double before = 0;
    for (std::size_t rows = 0; rows <= kCheckTable.size(); ++rows) {
        if (rows > 0 && (kCheckTable[rows - 1].applies_to & applies::kNew) == 0) {
            continue;
        }
        double best = cost_of_first(rows, desk, requests);
        for (std::uint32_t round = 1; round < rounds; ++round) {
            best = std::min(best, cost_of_first(rows, desk, requests));
        }
        fmt::print("{:<24} {:>8.1f} {:>8.1f}\n",
                   rows == 0 ? "(resolving the parties)" : code(kCheckTable[rows - 1].code),
                   best - before, best);
        before = best;
    }
}

bool read(std::string_view text, std::uint32_t& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc() && end == text.data() + text.size();
}

bool read_options(int count, char** words, Options& options) {
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view key = words[i];
        std::uint32_t* const into = key == "--orders"        ? &options.orders
                                    : key == "--accounts"    ? &options.accounts
                                    : key == "--instruments" ? &options.instruments
                                    : key == "--decisions"   ? &options.decisions
                                    : key == "--rounds"      ? &options.rounds
                                                             : nullptr;
        if (into == nullptr || !read(words[i + 1], *into)) {
            return false;
        }
    }
    return count % 2 == 1 && options.orders > 0 && options.accounts > 0 &&
           options.instruments > 0 && options.decisions > 0;
}

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!read_options(count, words, options)) {
        fmt::print(stderr,
                   "usage: bench_risk [--orders N] [--accounts N] [--instruments N] "
                   "[--decisions N] [--rounds N]\n");
        return 2;
    }
    Desk desk(options);
    std::vector<Request> requests;
    requests.reserve(options.decisions);
    for (std::uint32_t i = 0; i < options.decisions; ++i) {
        requests.push_back(desk.request(options.orders + i));
    }
    fmt::print("{} accounts x {} instruments, {} position rows, {} working orders\n",
               options.accounts, options.instruments, desk.risk.exposure().rows().size(),
               options.orders);
    measure_decisions(desk, requests);
    if (options.rounds > 0) {
        measure_checks(desk, requests, options.rounds);
    }
    return 0;
}
