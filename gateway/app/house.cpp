// The hot loop and the life of the house. Everything here runs on the hot thread but
// request_stop().
#include "gateway/app/house.hpp"

#include <cstring>
#include <limits>

#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>

#include "gateway/app/exit_code.hpp"
#include "gateway/app/house_rooms.hpp"

namespace sluice::app {

namespace {
constexpr std::size_t kBudget = 256;
// The core is polled twice a turn. A venue that took less than it is given would run out of credits
// under a load that it can well bear.
constexpr std::size_t kVenueBudget = 2 * kBudget;
constexpr std::int64_t kShutDownLimitNs = 3 * kNanosPerSecond;
}  // namespace

House::House(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
House::~House() = default;

Result<std::unique_ptr<House>, StartError> House::open(const config::GatewayConfig& config,
                                                       Log log) {
    using Opened = Result<std::unique_ptr<House>, StartError>;
    try {
        auto rooms = std::make_unique<Rooms>(config, std::move(log));
        if (auto failed = rooms->recover()) {
            return Opened::failure(*failed);
        }
        if (auto failed = rooms->start()) {
            return Opened::failure(*failed);
        }
        return std::unique_ptr<House>(new House(std::move(rooms)));
    } catch (const std::exception& failed) {
        return Opened::failure({kFailed, failed.what()});
    }
}

const StartFacts& House::facts() const {
    return rooms_->facts;
}
int House::run() {
    return rooms_->run();
}
void House::request_stop() {
    rooms_->stop.store(true, std::memory_order_release);
    rooms_->wake.wake();
}

House::Rooms::Rooms(config::GatewayConfig house_config, House::Log log_line)
    : config(std::move(house_config)),
      log(std::move(log_line)),
      reactor({.frame_bytes_max = config.wire.max_frame}),
      words(Instance(config.core.instance)),
      admission({config.logon.max_unauthenticated, config.logon.max_per_address}) {
    started_ns = clock.utc().value;
    reactor.on_wake_up([this] { read_clock(); });
}

// Doors first, so that nobody calls into rooms that are gone.
House::Rooms::~Rooms() {
    admin.reset();
    listeners.clear();
    acceptor.reset();
    venues.clear();
    verifier.reset();
    resolver.reset();
}

int House::Rooms::run() {
    stay_on_cpus();
    while (!stop.load(std::memory_order_acquire) && !journal->failed() && !stage->failed()) {
        if (turn() == 0) {
            idle();
        } else {
            idle_since_ns_ = 0;
        }
    }
    if (journal->failed() || stage->failed()) {
        // Nothing more may leave: what the journal does not hold must not be known outside.
        log(fmt::format("error: the journal failed ({}); stopping at once, the next start recovers",
                        std::strerror(journal->error())));
        calls.close();
        admin.reset();
        return kFailed;
    }
    shut_down();
    return kOk;
}

// A processor that is not there is said and not insisted on: trading matters more than where.
void House::Rooms::stay_on_cpus() {
    if (config.wait.cpus.empty()) {
        return;
    }
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    for (const std::uint32_t cpu : config.wait.cpus) {
        CPU_SET(cpu, &cpus);
    }
    const int error = ::pthread_setaffinity_np(::pthread_self(), sizeof cpus, &cpus);
    if (error != 0) {
        log(fmt::format("warning: wait.cpus: the hot thread stays where it is: {}",
                        std::strerror(error)));
    }
}

// One turn: bytes in, commands, decisions, venues, their answers, reports, bytes out.
std::size_t House::Rooms::turn() {
    read_clock();
    follow_calendars();
    (void)follow_day_roll();
    std::size_t done = reactor.poll(false);
    done += acceptor->poll(kBudget);
    done += stage->poll(kBudget);
    for (const auto& venue : venues) {
        done += venue->adapter->poll(now.utc, kVenueBudget);
    }
    done += stage->poll(kBudget);
    done += acceptor->poll(kBudget);
    done += calls.poll();
    watch_journal();
    journal->end_of_batch();
    done += reactor.flush_all(journal->released());
    return done;
}

void House::Rooms::read_clock() {
    clock.read();
    now.utc = clock.utc();
    now.mono_ns = clock.mono_ns();
}

// The disk is behind when records wait and none became durable for longer than the limit.
void House::Rooms::watch_journal() {
    const std::uint64_t durable = journal->durable();
    const bool waiting = journal->written() > durable;
    if (!waiting || durable != stall_seen_durable_) {
        stall_seen_durable_ = durable;
        stall_since_ns_ = now.mono_ns;
    }
    const bool stalled = waiting && config.journal.durability == config::Durability::Synced &&
                         now.mono_ns - stall_since_ns_ > config.journal.stall_limit.count();
    stage->set_journal_stalled(stalled || journal->disk_low());
}

void House::Rooms::idle() {
    const auto strategy = config.wait.strategy;
    if (strategy == config::WaitStrategy::Spin) {
        return;
    }
    if (strategy == config::WaitStrategy::SpinThenPark) {
        if (idle_since_ns_ == 0) {
            idle_since_ns_ = now.mono_ns;
        }
        if (now.mono_ns - idle_since_ns_ < config.wait.spin.count()) {
            return;
        }
    }
    arm_deadline();
    journal->set_parked(true);
    reactor.park([this] { return nothing_to_do(); });
    journal->set_parked(false);
    idle_since_ns_ = 0;
}

bool House::Rooms::nothing_to_do() const {
    if (stop.load(std::memory_order_acquire) || calls.waiting() || verifier->has_verdicts() ||
        acceptor->has_work() || journal->wants_batch() || core.wants_tick()) {
        return false;
    }
    if (core.next_deadline() <= now.utc) {
        return false;
    }
    if (journal->released() != reactor.released() && reactor.pending_count() != 0) {
        return false;
    }
    return commands.depth() == 0 && session_events.depth() == 0 && reports.depth() == 0 &&
           admin_events.depth() == 0 &&
           std::all_of(venues.begin(), venues.end(), [](const auto& venue) {
               return venue->requests.depth() == 0 && venue->events.depth() == 0;
           });
}

// What waits for a time must wake a parked loop: a venue that answers later by itself (a simulated
// delay) or sends no faster than it may, the core (cancel on disconnect, orders in doubt, limits
// that end), markets that open and the day roll.
void House::Rooms::arm_deadline() {
    std::int64_t next = core.next_deadline().value;
    if (!config.day_roll_at.empty()) {
        next = std::min(next, roll_due_.value);
    }
    for (const UtcNanos due : phase_due_) {
        next = std::min(next, due.value);
    }
    for (const auto& venue : venues) {
        next = std::min(next, venue->adapter->next_deadline().value);
    }
    if (next == deadline_) {
        return;
    }
    reactor.timers().cancel(deadline_timer_);
    deadline_timer_ = transport::TimerId::None;
    deadline_ = next;
    if (next != std::numeric_limits<std::int64_t>::max()) {
        const std::int64_t wait = std::max<std::int64_t>(next - clock.utc().value, 0);
        deadline_timer_ =
            reactor.timers().after(std::chrono::nanoseconds(wait), [this] { deadline_ = 0; });
    }
}

void House::Rooms::shut_down() {
    admin.reset();
    calls.close();
    for (const auto& listener : listeners) {
        listener->close();
    }
    acceptor->logout_all("gateway stopping");
    for (const auto& venue : venues) {
        if (venue->fix != nullptr) {
            venue->fix->stop("gateway stopping");
        }
    }
    // Until everyone said goodbye and the journal holds it, but not for ever.
    read_clock();
    const std::int64_t end = now.mono_ns + kShutDownLimitNs;
    do {
        turn();
        if (journal->failed()) {
            break;
        }
    } while (now.mono_ns < end && (!acceptor->all_logged_out() || reactor.pending_count() != 0 ||
                                   commands.depth() != 0 || session_events.depth() != 0));
    reactor.close_all("gateway stopping");
    turn();
    if (!journal->close()) {
        log("error: the journal could not be closed cleanly; the next start recovers");
    }
}

}  // namespace sluice::app
