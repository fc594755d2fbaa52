// The venues of the house: simulated ones and those reached over FIX.
#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "gateway/app/exit_code.hpp"
#include "gateway/app/house_rooms.hpp"

namespace sluice::app {
namespace {

constexpr std::size_t kEventRoom = 4096;

std::chrono::milliseconds to_ms(config::Duration duration) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration);
}

// The first line of a file, which nobody else should be able to read.
Result<std::string, std::string> first_line(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    if (!std::getline(in, line) || line.empty()) {
        return Result<std::string, std::string>::failure(path +
                                                         ": expected a password in the first line");
    }
    return line;
}

transport::TlsVersion tls_version(config::TlsVersion version) {
    return version == config::TlsVersion::Tls13 ? transport::TlsVersion::Tls13
                                                : transport::TlsVersion::Tls12;
}

}  // namespace

// Credits bound what is under way to a venue, so twice its limit (orders and cancels) and a turn's
// outputs always fit.
VenueRoom::VenueRoom(const config::VenueSettings& venue_settings,
                     VenueId venue_id,
                     std::size_t request_room)
    : settings(venue_settings), id(venue_id), requests(request_room), events(kEventRoom) {}

WordBook::WordBook(const Instance& instance) {
    for (const FixVersion version : {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2}) {
        const auto index = static_cast<std::size_t>(version) - 1;
        client_[index] = std::make_unique<CodecClientWords>(version, instance);
        venue_[index] = std::make_unique<CodecVenueWords>(version, instance);
    }
}

ClientWords& WordBook::client(FixVersion version) {
    return *client_[static_cast<std::size_t>(version) - 1];
}
VenueWords& WordBook::venue(FixVersion version) {
    return *venue_[static_cast<std::size_t>(version) - 1];
}

// The room of a venue by its id; made when it is met first. Null for a venue that the configuration
// no longer names.
VenueRoom* House::Rooms::venue_room(const NameTable& names, VenueId id) {
    for (const auto& venue : venues) {
        if (venue->id == id) {
            return venue.get();
        }
    }
    if (id.value >= names.venues.size()) {
        return nullptr;
    }
    const std::string_view name = names.venues.name(id.value);
    for (const auto& settings : config.venues) {
        if (settings.id == name) {
            return &add_venue(settings, id);
        }
    }
    return nullptr;
}

VenueRoom& House::Rooms::add_venue(const config::VenueSettings& settings, VenueId id) {
    std::size_t credits = 0;
    for (const auto& venue : config.core.venues) {
        credits = venue.id == settings.id ? venue.max_in_flight : credits;
    }
    venues.push_back(std::make_unique<VenueRoom>(settings, id, 2 * credits + kMaxOutputs));
    VenueRoom& room = *venues.back();
    if (settings.type == config::VenueType::Sim) {
        auto sim = std::make_unique<SimAdapter>(id, settings.id, settings.sim,
                                                Receiver<VenueRequest>(room.requests),
                                                Sender<VenueEvent>(room.events));
        room.sim = sim.get();
        room.adapter = std::move(sim);
    }
    return room;
}

std::optional<StartError> House::Rooms::make_fix_venues() {
    resolver = std::make_unique<transport::Resolver>(reactor);
    for (const auto& room : venues) {
        if (room->settings.type == config::VenueType::Fix) {
            if (auto failed = make_fix_venue(*room)) {
                return failed;
            }
        }
    }
    return std::nullopt;
}

std::optional<StartError> House::Rooms::make_fix_venue(VenueRoom& room) {
    const config::FixVenueSettings& wire = room.settings.fix;
    FixVenueSettings settings;
    settings.id = room.id;
    settings.name = room.settings.id;
    settings.instance = Instance(config.core.instance);
    engine::HostSettings& session = settings.line.session;
    session.dictionaries = builtin_dictionaries(wire.version);
    session.dictionaries.custom_tags = wire.custom_tags;
    session.our_comp_id = wire.sender_comp_id;
    session.their_comp_id = wire.target_comp_id;
    session.heart_bt_int = static_cast<int>(wire.heartbeat);
    session.username = wire.username;
    session.fast_path = config.fast_path == config::FastPath::On;
    if (!wire.password_file.empty()) {
        auto password = first_line(wire.password_file);
        if (!password.ok()) {
            return StartError{kInvalidConfiguration,
                              fmt::format("venue {}: {}", room.settings.id, password.error())};
        }
        session.password = password.value();
    }
    transport::ConnectTarget& target = settings.line.target;
    target.name = room.settings.id;
    target.host = wire.host;
    target.port = wire.port;
    target.limits.frame_bytes_max = config.wire.max_frame;
    target.limits.output_bytes_max = config.wire.outbound_buffer;
    if (wire.tls.enabled) {
        auto context =
            transport::TlsContext::client({.ca_file = wire.tls.ca,
                                           .certificate_file = wire.tls.certificate,
                                           .key_file = wire.tls.key,
                                           .version_min = tls_version(wire.tls.min_version),
                                           .ciphers = {}});
        if (!context.ok()) {
            return StartError{kInvalidConfiguration,
                              fmt::format("venue {}: {}", room.settings.id, context.error())};
        }
        target.tls = context.value();
        target.server_name = wire.tls.server_name;
    }
    settings.line.reconnect_first = to_ms(wire.reconnect);
    settings.line.reconnect_longest =
        std::max(to_ms(wire.reconnect), settings.line.reconnect_longest);

    const std::uint32_t session_index = venue_session_index(room.id);
    auto venue = std::make_unique<FixVenue>(
        reactor, *resolver, settings, dictionaries, *journal, clock,
        indexes.try_emplace(session_index, session_index).first->second, words.venue(wire.version),
        Receiver<VenueRequest>(room.requests), Sender<VenueEvent>(room.events));
    room.fix = venue.get();
    room.adapter = std::move(venue);
    return std::nullopt;
}

}  // namespace sluice::app
