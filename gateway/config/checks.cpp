#include "gateway/config/checks.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include <fmt/format.h>

#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

void from_base(std::string& path, const std::string& base_dir) {
    if (!path.empty()) {
        path = (std::filesystem::path(base_dir) / path).lexically_normal().string();
    }
}

void finish_tls(TlsSettings& tls, const std::string& base_dir) {
    from_base(tls.certificate, base_dir);
    from_base(tls.key, base_dir);
    from_base(tls.ca, base_dir);
}

void finish_paths(GatewayConfig& config, const std::string& base_dir) {
    from_base(config.data_dir, base_dir);
    from_base(config.log.file, base_dir);
    from_base(config.admin.socket, base_dir);
    if (config.admin.socket.empty()) {
        config.admin.socket = (std::filesystem::path(config.data_dir) / "admin.sock").string();
    }
    for (ListenerSettings& listener : config.listeners) {
        finish_tls(listener.tls, base_dir);
    }
    for (SessionSettings& session : config.sessions) {
        from_base(session.dictionary, base_dir);
        from_base(session.app_dictionary, base_dir);
    }
    for (VenueSettings& venue : config.venues) {
        finish_tls(venue.fix.tls, base_dir);
        from_base(venue.fix.password_file, base_dir);
        for (FixLine& line : venue.fix.more_lines) {
            finish_tls(line.tls, base_dir);
            from_base(line.password_file, base_dir);
        }
    }
}

void finish_sessions(GatewayConfig& config) {
    for (std::size_t i = 0; i < config.sessions.size(); ++i) {
        SessionSettings& session = config.sessions[i];
        session.id = config.core.sessions[i].id;
        if (session.target_comp_id.empty()) {
            session.target_comp_id = session.id;
        }
        if (session.password.empty() && session.certificate.empty() && session.addresses.empty()) {
            session.addresses = {"127.0.0.0/8", "::1"};
        }
    }
}

// What a line leaves out is as with the first.
void finish_line(const FixLine& first, FixLine& line) {
    for (const auto member : {&FixLine::sender_comp_id, &FixLine::target_comp_id,
                              &FixLine::username, &FixLine::password_file}) {
        if ((line.*member).empty()) {
            line.*member = first.*member;
        }
    }
    if (!line.tls.enabled) {
        line.tls = first.tls;
    }
}

void finish_venues(GatewayConfig& config) {
    for (std::size_t i = 0; i < config.venues.size(); ++i) {
        config.venues[i].id = config.core.venues[i].id;
        for (FixLine& line : config.venues[i].fix.more_lines) {
            finish_line(config.venues[i].fix, line);
        }
    }
    if (config.core.routes.empty() && !config.venues.empty()) {
        RouteConfig& route = config.core.routes.emplace_back();
        for (const VenueSettings& venue : config.venues) {
            route.venues.push_back(venue.id);
        }
    }
}

void check_zone(const std::string& zone, Findings& findings) {
    if (!calendar::is_zone(zone)) {
        findings.error(code::kDangling, "market_zone",
                       fmt::format("market_zone: '{}' is no name of the time zone database", zone),
                       "such as UTC, Europe/Berlin, America/New_York");
    }
}

void check_hours(const GatewayConfig& config, Findings& findings) {
    for (std::size_t i = 0; i < config.markets.size(); ++i) {
        const auto parsed = calendar::Calendar::parse(config.markets[i].hours);
        if (!parsed.ok()) {
            findings.error(
                code::kType, fmt::format("markets[{}].id", i),
                fmt::format("market '{}': {}", config.core.markets[i].id, parsed.error()));
        }
    }
    if (!config.day_roll_at.empty()) {
        const auto roll = calendar::latest(config.day_roll_at, "UTC", UtcNanos{});
        if (!roll.ok()) {
            findings.error(code::kType, "day_roll_at", "day_roll_at: " + roll.error());
        }
    }
    if (!std::is_sorted(config.core.warn_at.begin(), config.core.warn_at.end())) {
        findings.error(code::kContradiction, "warn_at", "warn_at: the marks do not ascend");
    }
}

void finish_markets(GatewayConfig& config) {
    for (MarketConfig& market : config.core.markets) {
        for (std::size_t phase = 0; phase < kPhases; ++phase) {
            if (market.accepts[phase] == PermittedTypes{}) {
                market.accepts[phase] = default_types(static_cast<Phase>(phase));
            }
        }
    }
}

}  // namespace

void finish(GatewayConfig& config, const std::string& base_dir) {
    finish_paths(config, base_dir);
    finish_sessions(config);
    finish_venues(config);
    finish_markets(config);
}

void Findings::error(std::string_view code,
                     std::string path,
                     std::string message,
                     std::string hint) {
    diagnostics_.push_back(
        {Severity::Error, code, places_.of(std::move(path)), std::move(message), std::move(hint)});
}

void Findings::warning(std::string_view code,
                       std::string path,
                       std::string message,
                       std::string hint) {
    diagnostics_.push_back({Severity::Warning, code, places_.of(std::move(path)),
                            std::move(message), std::move(hint)});
}

void check_file(const std::string& value, const std::string& path, Findings& findings) {
    if (value.empty()) {
        return;
    }
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(value, ignored)) {
        findings.error(code::kFile, path, fmt::format("{}: there is no file '{}'", path, value));
    } else if (!std::ifstream(value)) {
        findings.error(code::kFile, path,
                       fmt::format("{}: no permission to read '{}'", path, value));
    }
}

void check(const GatewayConfig& config,
           const PlaceMap& places,
           std::vector<Diagnostic>& diagnostics) {
    Findings findings(places, diagnostics);
    check_zone(config.core.market_zone, findings);
    check_hours(config, findings);
    check_names(config, findings);
    check_references(config, findings);
    check_limits(config, findings);
    check_instruments(config, findings);
    check_doors(config, findings);
    check_sessions(config, findings);
    check_venues(config, findings);
}

}  // namespace sluice::config
