// Every input of the core. What can change an order, a limit or a position is one of these, has a
// sequence number and a time, and is in the journal before its effects leave the process. The only
// other input is a configuration document (core/core.hpp, Core::configure), which is not of fixed
// size.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include "gateway/domain/command.hpp"
#include "gateway/domain/core_config.hpp"
#include "gateway/domain/limits.hpp"
#include "gateway/domain/venue_event.hpp"

namespace sluice {

// A client's FIX session came or went.
struct SessionEvent {
    enum class Kind : std::uint8_t { LoggedOn = 1, LoggedOut = 2, Disconnected = 3 };
    // LoggedOn: what the Logon(A) said about cancel on disconnect, in the session's tag for it.
    enum class CancelWish : std::uint8_t { NotSaid = 0, Yes = 1, No = 2 };
    SessionId session;
    Kind kind = Kind::Disconnected;
    CancelWish cancel_on_disconnect = CancelWish::NotSaid;
    std::array<char, 2> reserved{};
};

// Sets one limit (LIMIT_CHANGE record).
struct LimitChange {
    std::uint64_t ticket = 0;  // names the AdminReply
    Decimal value;
    LimitValue::State state = LimitValue::State::NotSet;
    LimitKey key = LimitKey::None;
    ScopeKind scope = ScopeKind::None;
    Name scope_name;    // account, session, group; empty for the firm
    SymbolName symbol;  // with ScopeKind::Instrument and AccountInstrument
    Name who;
    Prose reason;
    std::array<char, 1> reserved{};
    // What it is changed from, as the asker saw it; when it is given and no longer true, the change
    // is refused.
    Decimal old_value;
    UtcNanos until;  // back to the old value at this time; 0: for good
    Name approver;   // the second person, who is not `who`
    LimitValue::State old_state = LimitValue::State::NotSet;
    bool has_old = false;
    std::array<char, 5> reserved_change{};
};

// Sets or clears the kill switch of one scope (KILL_CHANGE record).
struct KillChange {
    enum class Action : std::uint8_t {
        Kill = 1,
        KillAndCancel = 2,
        Resume = 3,
        ReduceOnly = 4,    // only what reduces the position; ends a kill
        AcceptConfig = 6,  // of the firm: a changed configuration document was read and is wanted
        Rearm = 5          // of a session, account or trader: executions count from 0 again
    };
    std::uint64_t ticket = 0;
    Action action = Action::Kill;
    ScopeKind scope = ScopeKind::Firm;
    Name scope_name;
    SymbolName symbol;
    Name who;
    Prose reason;
    std::array<char, 2> reserved{};
    Name approver;  // the second person, needed to resume the firm or a group
    std::array<char, 7> reserved_change{};
};

std::string_view to_text(KillChange::Action action);  // "kill"

// What an operator does to one order (ORDER_ACTION record): asks the venue to cancel it, or says
// what became of an order that is in doubt, when nobody else can. ResolveFilled books `qty` at
// `price` as an execution and leaves the rest as it is.
struct OrderAction {
    enum class Kind : std::uint8_t {
        Cancel = 1,
        ResolveFilled = 2,
        ResolveCanceled = 3,  // over: pending requests, too, are over
        ResolveRejected = 4,  // it never reached the venue
        ResolveWorking = 5,   // the venue holds it as it stands here; the doubt ends
    };
    std::uint64_t ticket = 0;
    OrderId order;
    Quantity qty;
    Price price;
    Kind kind = Kind::Cancel;
    Name who;
    Prose reason;
    std::array<char, 5> reserved{};
};

// A reference price (REF_PRICE record). Only the fields named in flags are new.
struct RefPrice {
    static constexpr std::uint8_t kBid = 1, kAsk = 2, kLast = 4, kClose = 8;
    Price bid;
    Price ask;
    Price last;
    Price close;
    SymbolName symbol;
    Name source;
    std::uint8_t flags = 0;
    std::array<char, 5> reserved{};
};

// A new risk day begins (DAY_ROLL record).
struct DayRoll {
    std::uint64_t ticket = 0;
};

// Time passed (TICK record); sent only while the core asks for it: Core::wants_tick(), for instance
// while a kill switch's cancels are being sent in slices, or when Core::next_deadline() is reached.
struct Tick {
    std::uint64_t count = 0;
};

// The process started (PROCESS record). A new epoch of ids begins.
struct ProcessStart {
    std::uint64_t epoch = 0;
    std::int64_t pid = 0;
    Text<40> version;
    Text<63> host;
    std::array<char, 7> reserved{};
};

// A market goes into another phase (PHASE_CHANGE record); by its calendar, or by a person.
struct PhaseChange {
    std::uint64_t ticket = 0;
    Phase phase = Phase::Closed;
    Name market;
    Name who;
    Prose reason;
    std::array<char, 4> reserved{};
};

// An instrument is halted, or traded again (STATUS_CHANGE record). Stays until a document names
// another status for it than the document before did.
struct StatusChange {
    std::uint64_t ticket = 0;
    TradingStatus status = TradingStatus::Active;
    SymbolName symbol;
    Name who;
    Prose reason;
    std::array<char, 4> reserved{};
};

// One unit of `from` is `rate` units of `to` (FX_RATE record). Orders that live keep the rate they
// were accepted at.
struct FxUpdate {
    std::uint64_t ticket = 0;
    Decimal rate;
    Text<3> from;
    Text<3> to;
    Name source;
    std::array<char, 7> reserved{};
};

// What an account holds at the start of a day, as its books say (POSITION_LOAD record).
struct PositionLoad {
    enum class Action : std::uint8_t {
        Compare = 1,  // taken when nothing is held yet; else a difference kills the account
        Accept = 2    // taken, whatever is held
    };
    std::uint64_t ticket = 0;
    Decimal position;  // negative: short
    Action action = Action::Compare;
    Name account;
    SymbolName symbol;
    Name who;
    Prose reason;  // where it comes from
    std::array<char, 3> reserved{};
};

// Lets one order through checks that would refuse it (OVERRIDE_TICKET record).
struct OverrideTicket {
    std::uint64_t ticket = 0;
    std::uint64_t lifts = 0;  // bit n: RejectReason n
    Quantity max_qty;
    Price bound;  // a buy is not above it, a sell not below
    UtcNanos expires;
    Side side = Side::None;
    Name account;
    SymbolName symbol;
    Name who;
    Name approver;
    Prose reason;
    std::array<char, 2> reserved{};
};

using Event = std::variant<Command,
                           VenueEvent,
                           SessionEvent,
                           LimitChange,
                           KillChange,
                           RefPrice,
                           DayRoll,
                           Tick,
                           ProcessStart,
                           OrderAction,
                           PhaseChange,
                           StatusChange,
                           FxUpdate,
                           PositionLoad,
                           OverrideTicket>;

template <class T>
inline constexpr bool kJournalable =
    std::is_trivially_copyable_v<T>&& std::has_unique_object_representations_v<T>;
static_assert(kJournalable<SessionEvent> && kJournalable<LimitChange> && kJournalable<KillChange> &&
              kJournalable<RefPrice> && kJournalable<DayRoll> && kJournalable<Tick> &&
              kJournalable<ProcessStart> && kJournalable<OrderAction> &&
              kJournalable<PhaseChange> && kJournalable<StatusChange> && kJournalable<FxUpdate> &&
              kJournalable<PositionLoad> && kJournalable<OverrideTicket>);
static_assert(std::is_trivially_copyable_v<Event>);

// Where and when an event stands in the log.
struct InputMeta {
    std::uint64_t seq = 0;
    UtcNanos time;
};

// The core's answer to an administrative input.
struct AdminReply {
    std::uint64_t ticket = 0;
    std::uint64_t seq = 0;       // of the input
    std::uint64_t affected = 0;  // orders for which a cancel was or will be sent
    bool ok = false;
    bool needs_approval = false;  // refused only because a second person has to agree
    Prose text;                   // what changed ("10000 -> 25000"), or why not
};

}  // namespace sluice
