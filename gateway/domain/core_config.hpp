// What the core knows from configuration: sessions, accounts, instruments, venues, routes and
// limits, by name. Built and checked by config/, journaled as a CONFIG_DOC record, applied with
// Core::configure(). Names that were seen once keep their dense id for the life of the journal, in
// the order of first appearance.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/limits.hpp"

namespace sluice {

// What happens to a session's orders when its connection is lost, and it does not come back in
// time.
struct CancelOnDisconnect {
    enum class Scope : std::uint8_t {
        Off = 0,
        Session = 1,  // the session's own orders
        Account = 2,  // all orders of the accounts it may trade for
    };
    Scope scope = Scope::Off;
    bool by_default = true;     // also when the Logon(A) says nothing about it
    bool good_till = false;     // GTC and GTD orders, too
    std::int64_t grace_ns = 0;  // from the disconnect
};

// A read-only session that is told what other sessions are told: the ExecutionReport(8)s of the
// sessions, accounts and venues named here, an empty list naming all of its kind.
struct DropCopyConfig {
    bool enabled = false;
    std::vector<std::string> sessions;
    std::vector<std::string> accounts;
    std::vector<std::string> venues;
};
inline constexpr std::size_t kDropCopiesMax = 8;  // sessions of a document

// Which TimeInForce(59) each OrdType(40) may have, as words: day, gtc, ioc, fok, gtd. All empty:
// whatever the gateway serves.
struct PermittedTypes {
    std::vector<std::string> market;
    std::vector<std::string> limit;
    std::vector<std::string> stop;
    std::vector<std::string> stop_limit;
    friend bool operator==(const PermittedTypes&, const PermittedTypes&) = default;
};

// Symbols in which orders are refused, or with `watch` only noted.
struct RestrictedLists {
    std::vector<std::string> buy_and_sell;
    std::vector<std::string> buy;
    std::vector<std::string> sell;
    std::vector<std::string> opening_only;  // what does not reduce the position is refused
    std::vector<std::string> watch;
    friend bool operator==(const RestrictedLists&, const RestrictedLists&) = default;
};

// What a market does at a time of its day.
enum class Phase : std::uint8_t { Closed = 0, PreOpen, Auction, Continuous, PostClose };
inline constexpr std::size_t kPhases = 5;
std::string_view to_text(Phase phase);  // "pre_open"
std::optional<Phase> phase_of(std::string_view text);

// The hours of some instruments. Its phases are inputs of the core; before the first one it is
// closed.
struct MarketConfig {
    std::string id;
    std::array<PermittedTypes, kPhases> accepts;  // by phase; see default_types()
};
// What a phase accepts when the document says nothing: closed and post_close nothing, pre_open
// limit orders that rest, auction these and market orders of the day, continuous everything.
PermittedTypes default_types(Phase phase);

// What happens to an order that would trade with one of the same group (or account without one).
enum class SelfMatch : std::uint8_t { Off = 0, Reject, CancelResting };
// Whether and how an instrument may be sold short (Side(54) 5 and 6).
enum class ShortSale : std::uint8_t {
    NoRules = 0,  // as any sell: futures, currencies
    Permitted,    // covered, or with a locate
    AboveBid,     // and with Side(54)=5 only at a limit above the bid
    Forbidden,
};

// A person or algorithm behind orders, named by SenderSubID(50).
struct TraderConfig {
    std::string id;
    Limits limits;
};

// Whether orders in an instrument are taken.
enum class TradingStatus : std::uint8_t { Active = 0, Halted, Suspended, Expired };
std::string_view to_text(TradingStatus status);  // "halted"

struct SessionConfig {
    std::string id;
    FixVersion version = FixVersion::Fix44;
    std::vector<std::string> accounts;  // entitlement
    std::string default_account;   // for messages without Account(1); empty: Account(1) is required
    Limits limits;                 // throttle_rate, throttle_burst and any order limit
    bool disclose_limits = true;   // numbers in Text(58)
    bool pending_reports = false;  // send Pending New/Cancel/Replace reports
    // User-defined tags (5000 and up) that are let through and handed on.
    std::vector<std::uint32_t> custom_tags;
    CancelOnDisconnect cancel_on_disconnect;
    DropCopyConfig drop_copy;
    PermittedTypes types;
    bool require_trader = false;  // SenderSubID(50) must name a configured trader
};

struct SymbolLimits {
    std::string symbol;
    Limits limits;
};

struct AccountConfig {
    std::string id;
    std::string group;  // empty: directly below the firm
    std::string currency;
    Limits limits;  // max_long and max_short here hold for each instrument
    std::vector<SymbolLimits> symbols;
    PermittedTypes types;
    RestrictedLists restricted;
    SelfMatch self_match = SelfMatch::Off;
    bool short_exempt = false;  // may use Side(54)=6
    Decimal collateral;
    std::uint32_t collateral_haircut_bps = 0;
};

struct GroupConfig {
    std::string id;
    std::string parent;  // empty: the firm
    Limits limits;
};

struct InstrumentConfig {
    std::string symbol;
    std::string currency;
    Decimal tick = Decimal::from_units(1'000'000);  // 0.01
    Decimal lot = Decimal::from_int(1);
    Decimal multiplier = Decimal::from_int(1);
    bool allow_negative = false;
    Decimal notional_px_floor;  // must be > 0 with allow_negative
    bool allow_close = false;   // the close may serve as reference
    bool has_close = false;
    Decimal close;
    bool collar_passive = false;  // also refuse prices far on the passive side
    TradingStatus status = TradingStatus::Active;
    ShortSale short_sale = ShortSale::NoRules;
    std::string market;  // whose hours hold; empty: no hours
    PermittedTypes types;
    Limits limits;  // collar_*, market_buffer_bps, max_ref_age_ms and order limits
};

struct VenueConfig {
    std::string id;
    std::uint32_t max_in_flight = 1024;  // requests not yet answered; beyond it "venue busy".
                                         // Cancels have as many of their own
    // How an order in doubt is cleared up when the venue is back.
    enum class Reconcile : std::uint8_t {
        None = 0,        // nothing is ever in doubt: the venue is in this process
        Status = 1,      // OrderStatusRequest(H) for each
        MassStatus = 2,  // one OrderMassStatusRequest(AF)
        PossResend = 3,  // the request once more, with PossResend(97)=Y
        Flag = 4,        // by an operator
    };
    Reconcile reconcile = Reconcile::None;
    std::int64_t in_doubt_after_ns = 0;  // without an answer for so long: in doubt. 0: never
};

// The first matching row decides; an empty field matches everything. Venues are tried in order: the
// first that is up.
struct RouteConfig {
    std::string ex_destination;
    std::string account;
    std::string symbol;
    std::vector<std::string> venues;
    bool hold =
        false;  // when all are away: the first one's adapter keeps the order until it is back
};

struct FxRate {
    std::string from;
    std::string to;
    Decimal rate;
};

struct CoreConfig {
    std::string instance = "G";  // 1 to 4 letters: prefix of OrderID(37) and ExecID(17)
    std::uint64_t version = 1;   // counts applied configurations and limit changes; set by the core
    Limits firm;
    std::vector<GroupConfig> groups;
    std::vector<AccountConfig> accounts;
    std::vector<SessionConfig> sessions;
    std::vector<InstrumentConfig> instruments;
    std::vector<VenueConfig> venues;
    std::vector<RouteConfig> routes;
    std::vector<FxRate> fx;
    RestrictedLists restricted;  // for every account
    std::vector<TraderConfig> traders;
    std::vector<MarketConfig> markets;
    std::int64_t fx_max_age_ns = -1;      // a rate that is older is none; negative: it never ages
    bool fx_revalue_at_day_roll = false;  // live orders take the rates of the new day
    std::vector<std::uint32_t> warn_at;   // percent of a limit, ascending
    bool two_person = true;               // a looser limit needs an approver
    bool kill_on_over_fill = false;       // the account's instrument
    std::uint32_t audit_every = 0;        // inputs between two audits of the sums; 0: never
    Decimal position_tolerance;           // between a loaded position and the one that is held
    std::uint32_t max_orders = 1U << 20;  // live and of today; tables are sized for it at start
    std::uint32_t max_pending_replaces = 1;
    std::uint32_t cl_ord_id_days = 0;  // a ClOrdID(11) stays used for so many further days
    std::string market_zone = "UTC";
    // Of the money limits of groups, sessions, instruments and the firm; empty: the first
    // account's.
    std::string currency;
};

}  // namespace sluice
