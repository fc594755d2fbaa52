// What operators see of the house, taken on the hot thread.
#include <algorithm>

#include <fmt/format.h>

#include "gateway/app/exit_code.hpp"
#include "gateway/app/house_rooms.hpp"
#include "gateway/app/order_pages.hpp"
#include "gateway/app/version.hpp"
#include "gateway/risk/risk_engine.hpp"
#include "sessions/codec/asked.hpp"
#include "sessions/codec/spoken.hpp"

namespace sluice::app {
namespace {

void fill_host(const engine::HostStatus& host, SessionView& view) {
    view.next_in = host.next_target;
    view.next_out = host.next_sender;
    view.messages_in = host.received;
    view.messages_out = host.sent;
}

}  // namespace

HouseViews House::Rooms::views() {
    HouseViews out;
    out.sessions = [this] { return session_views(); };
    out.logout = [this](const std::string& id, const std::string& text) {
        return log_out(id, text);
    };
    out.enable = [this](const std::string& id, bool enabled) { return enable(id, enabled); };
    out.reset = [this](const std::string& id, unsigned in, unsigned next_out) {
        return reset(id, in, next_out);
    };
    out.venues = [this] { return venue_views(); };
    out.say = [this](const std::string& venue, const std::string& text) {
        return say(venue, text);
    };
    out.asked = [this](const std::string& venue, std::uint64_t after) {
        return asked(venue, after);
    };
    out.journal = [this] { return journal_view(); };
    out.metrics = [this] { return metrics(); };
    out.version = version_number();
    out.instance = config.core.instance;
    out.epoch = facts.epoch;
    out.started_ns = started_ns;
    return out;
}

std::vector<SessionView> House::Rooms::session_views() const {
    std::vector<SessionView> out;
    for (const ClientStatus& status : acceptor->list()) {
        SessionView view;
        view.id = status.name;
        view.role = "acceptor";
        for (std::size_t i = 0; i < config.sessions.size(); ++i) {
            if (config.sessions[i].id == status.name) {
                const FixVersion version = config.core.sessions[i].version;
                view.version = to_text(version);
                view.begin_string = begin_string(version);
                view.sender_comp_id = config.sessions[i].sender_comp_id;
                view.target_comp_id = config.sessions[i].target_comp_id;
            }
        }
        view.state = !status.enabled         ? "disabled"
                     : status.host.logged_on ? "logged on"
                                             : "logged out";
        view.address = status.host.connected ? status.peer : std::string();
        view.last_event = status.last_event;
        fill_host(status.host, view);
        out.push_back(view);
    }
    for (const auto& room : venues) {
        if (room->fix == nullptr) {
            continue;
        }
        for (std::size_t i = 0; i < room->fix->lines(); ++i) {
            out.push_back(line_view(*room, i));
        }
    }
    return out;
}

// The first line goes by the venue's name, the second by NAME/2, as in the journal's rows.
SessionView House::Rooms::line_view(const VenueRoom& room, std::size_t line) {
    const config::FixVenueSettings& venue = room.settings.fix;
    const config::FixLine& wire = line == 0 ? venue : venue.more_lines[line - 1];
    const auto host = room.fix->host(line).status();
    SessionView view;
    view.id = line == 0 ? room.settings.id : fmt::format("{}/{}", room.settings.id, line + 1);
    view.role = "venue";
    view.version = to_text(venue.version);
    view.begin_string = begin_string(venue.version);
    view.sender_comp_id = wire.sender_comp_id;
    view.target_comp_id = wire.target_comp_id;
    view.state = host.logged_on ? "logged on" : "logged out";
    view.address = fmt::format("{}:{}", wire.host, wire.port);
    fill_host(host, view);
    return view;
}

std::vector<VenueView> House::Rooms::venue_views() const {
    std::vector<VenueView> out;
    for (const auto& room : venues) {
        const auto status = room->adapter->status();
        out.push_back({room->settings.id, room->fix != nullptr ? "fix" : "sim",
                       status.up ? "up" : "down", status.requests, status.events});
    }
    return out;
}

JournalView House::Rooms::journal_view() const {
    JournalView view;
    view.written = journal->written();
    view.durable = journal->durable();
    view.commits = journal->commits();
    view.stalls = journal->stalls();
    view.failed = journal->failed();
    view.disk_low = journal->disk_low();
    view.durability =
        config.journal.durability == config::Durability::Written ? "written" : "synced";
    view.directory = facts.journal_dir;
    return view;
}

std::vector<std::pair<std::string, std::uint64_t>> House::Rooms::metrics() const {
    std::vector<std::pair<std::string, std::uint64_t>> out{
        {"core_inputs", stage->inputs()},
        {"core_alerts", stage->alerts()},
        {"core_held_back", stage->held_back()},
        {"commands_high_water", commands.high_water()},
        {"commands_refused", commands.refused()},
        {"reports_high_water", reports.high_water()},
        {"journal_written", journal->written()},
        {"journal_durable", journal->durable()},
        {"journal_commits", journal->commits()},
        {"journal_commit_ns", journal->commit_ns()},
        {"journal_stalls", journal->stalls()},
        {"journal_stalled_ns", journal->stalled_ns()},
        {"connections", reactor.connection_count()},
        {"open_orders", core.risk().exposure().firm().open_orders},
        {"password_checks", verifier->scrypt_runs()}};
    for (std::size_t i = 0; i < static_cast<std::size_t>(LogonRefusal::Count_); ++i) {
        const auto why = static_cast<LogonRefusal>(i);
        out.emplace_back(fmt::format("logon_refused_{}", static_cast<unsigned>(i)),
                         acceptor->refused(why));
    }
    return out;
}

std::optional<SessionId> House::Rooms::session_id(const std::string& id) const {
    const std::uint32_t found = core.names().sessions.find(id);
    return found == kNoIndex ? std::nullopt : std::optional(SessionId{found});
}

namespace {

Outcome outcome_of(Acceptor::Asked asked, const std::string& id, const std::string& done) {
    switch (asked) {
        case Acceptor::Asked::Done:
            return {kOk, done};
        case Acceptor::Asked::UnknownSession:
            return {kNotFound, fmt::format("no session '{}'", id)};
        case Acceptor::Asked::LoggedOn:
            return {
                kRefusedByState,
                fmt::format("{} is logged on; resetting now breaks its sequence. Log it out first: "
                            "sluice session logout {}",
                            id, id)};
        case Acceptor::Asked::Failed:
            return {kFailed, "the journal has failed"};
    }
    return {kFailed, "?"};
}

}  // namespace

Outcome House::Rooms::log_out(const std::string& id, const std::string& text) {
    const auto session = session_id(id);
    return session ? outcome_of(acceptor->logout(*session, text), id, id + " logged out")
                   : Outcome{kNotFound, fmt::format("no session '{}'", id)};
}

Outcome House::Rooms::enable(const std::string& id, bool enabled) {
    const auto session = session_id(id);
    return session ? outcome_of(acceptor->set_enabled(*session, enabled), id,
                                id + (enabled ? " enabled" : " disabled"))
                   : Outcome{kNotFound, fmt::format("no session '{}'", id)};
}

Outcome House::Rooms::reset(const std::string& id, unsigned next_in, unsigned next_out) {
    const auto session = session_id(id);
    if (!session) {
        return {kNotFound, fmt::format("no session '{}'", id)};
    }
    if (next_in == 0 || next_out == 0) {
        return {kUsage, "both numbers must be 1 or more: --in N --out N"};
    }
    return outcome_of(acceptor->set_numbers(*session, next_out, next_in), id,
                      fmt::format("{} next in {} next out {}", id, next_in, next_out));
}

Outcome House::Rooms::manual_venue(const std::string& venue, SimAdapter*& found) const {
    const auto room = std::find_if(venues.begin(), venues.end(),
                                   [&](const auto& each) { return each->settings.id == venue; });
    if (room == venues.end()) {
        return {kNotFound, fmt::format("no venue '{}'", venue)};
    }
    if ((*room)->sim == nullptr || !(*room)->sim->venue().is_manual()) {
        return {kRefusedByState,
                fmt::format("{} answers by itself; only a simulated venue with manual: true says "
                            "what it is told",
                            venue)};
    }
    found = (*room)->sim;
    return {kOk, {}};
}

// At most a page, as the hot thread waits for nobody.
AskedViews House::Rooms::asked(const std::string& venue, std::uint64_t after) const {
    constexpr std::size_t kPage = 50;
    SimAdapter* sim = nullptr;
    AskedViews out;
    out.outcome = manual_venue(venue, sim);
    if (sim != nullptr) {
        const Instance instance(config.core.instance);
        for (const Asked& each : sim->venue().asked(after, kPage)) {
            out.requests.push_back({each.number, codec::asked_text(each.request, instance)});
        }
    }
    return out;
}

Outcome House::Rooms::say(const std::string& venue, const std::string& text) {
    SimAdapter* sim = nullptr;
    if (const Outcome outcome = manual_venue(venue, sim); sim == nullptr) {
        return outcome;
    }
    const auto spoken = codec::read_spoken(text);
    if (!spoken.ok()) {
        return {kUsage, spoken.error()};
    }
    const std::string& cl_ord_id = spoken.value().cl_ord_id;
    Saying saying{spoken.value().event, true};
    const bool is_ours = !saying.event.has(venue_event_flag::kUnknownOrder);
    if (is_ours) {
        const auto request = named_request(core, cl_ord_id);
        if (!request) {
            return {kNotFound, fmt::format("no order '{}'", cl_ord_id)};
        }
        saying.names_request = request->is_exact;
        saying.event.order = request->order;
        saying.event.version = request->version;
    }
    const auto said = sim->say(saying, now.utc);
    if (!said.ok()) {
        return {kUsage, said.error()};
    }
    if (!is_ours) {
        return {kOk, fmt::format("{} said it about an order that is none of ours", venue)};
    }
    const IdText name = venue_cl_ord_id_text(Instance(config.core.instance), said.value().order,
                                             said.value().version);
    return {kOk, fmt::format("{} said it about {}", venue, name.view())};
}

}  // namespace sluice::app
