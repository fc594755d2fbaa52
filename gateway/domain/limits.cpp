#include "gateway/domain/limits.hpp"

#include "gateway/domain/core_config.hpp"

namespace sluice {
namespace {

constexpr std::array<std::string_view, kLimitKeys> kKeys = {"none",
                                                            "max_order_qty",
                                                            "max_order_notional",
                                                            "max_long",
                                                            "max_short",
                                                            "max_gross_notional",
                                                            "max_net_notional",
                                                            "max_open_orders",
                                                            "throttle_rate",
                                                            "throttle_burst",
                                                            "collar_bps",
                                                            "collar_ticks",
                                                            "collar_abs",
                                                            "market_buffer_bps",
                                                            "max_ref_age_ms",
                                                            "max_turnover",
                                                            "dup_burst_max",
                                                            "dup_burst_window_ms",
                                                            "order_to_trade_max",
                                                            "order_to_trade_floor",
                                                            "daily_loss_limit",
                                                            "credit_limit",
                                                            "locate_pool",
                                                            "max_executions",
                                                            "max_reject_rate",
                                                            "max_duplicate_rate"};

constexpr std::array<std::string_view, 9> kScopes = {"none",    "firm",       "group",
                                                     "venue",   "session",    "trader",
                                                     "account", "instrument", "account_instrument"};

}  // namespace

std::string_view to_text(LimitKey key) {
    return kKeys.at(static_cast<std::size_t>(key));
}

std::optional<LimitKey> limit_key(std::string_view text) {
    for (std::size_t i = 1; i < kKeys.size(); ++i) {
        if (kKeys[i] == text) {
            return static_cast<LimitKey>(i);
        }
    }
    return std::nullopt;
}

std::string_view to_text(ScopeKind scope) {
    return kScopes.at(static_cast<std::size_t>(scope));
}

namespace {
constexpr std::array<std::string_view, kPhases> kPhaseWords = {"closed", "pre_open", "auction",
                                                               "continuous", "post_close"};
}  // namespace

std::string_view to_text(Phase phase) {
    return kPhaseWords.at(static_cast<std::size_t>(phase));
}

std::optional<Phase> phase_of(std::string_view text) {
    for (std::size_t i = 0; i < kPhaseWords.size(); ++i) {
        if (kPhaseWords[i] == text) {
            return static_cast<Phase>(i);
        }
    }
    return std::nullopt;
}

PermittedTypes default_types(Phase phase) {
    const std::vector<std::string> resting = {"day", "gtc", "gtd"};
    const std::vector<std::string> all = {"day", "gtc", "ioc", "fok", "gtd"};
    switch (phase) {
        case Phase::PreOpen:
            return {{}, resting, resting, resting};
        case Phase::Auction:
            return {{"day"}, resting, resting, resting};
        case Phase::Continuous:
            return {all, all, all, all};
        case Phase::Closed:
        case Phase::PostClose:
            break;
    }
    return {};
}

std::string_view to_text(TradingStatus status) {
    constexpr std::array<std::string_view, 4> kStatuses = {"active", "halted", "suspended",
                                                           "expired"};
    return kStatuses.at(static_cast<std::size_t>(status));
}

std::optional<ScopeKind> scope_kind(std::string_view text) {
    for (std::size_t i = 1; i < kScopes.size(); ++i) {
        if (kScopes[i] == text) {
            return static_cast<ScopeKind>(i);
        }
    }
    return std::nullopt;
}

}  // namespace sluice
