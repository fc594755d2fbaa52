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

Result<InitiatorSettings, StartError> House::Rooms::line_settings(const VenueRoom& room,
                                                                  const config::FixLine& line) {
    using Made = Result<InitiatorSettings, StartError>;
    const config::FixVenueSettings& wire = room.settings.fix;
    InitiatorSettings settings;
    engine::HostSettings& session = settings.session;
    session.dictionaries = builtin_dictionaries(wire.version);
    session.dictionaries.custom_tags = wire.custom_tags;
    session.our_comp_id = line.sender_comp_id;
    session.their_comp_id = line.target_comp_id;
    session.heart_bt_int = static_cast<int>(wire.heartbeat);
    session.username = line.username;
    session.fast_path = config.fast_path == config::FastPath::On;
    if (!line.password_file.empty()) {
        auto password = first_line(line.password_file);
        if (!password.ok()) {
            return Made::failure({kInvalidConfiguration,
                                  fmt::format("venue {}: {}", room.settings.id, password.error())});
        }
        session.password = password.value();
    }
    transport::ConnectTarget& target = settings.target;
    target.name = room.settings.id;
    target.host = line.host;
    target.port = line.port;
    target.limits.frame_bytes_max = config.wire.max_frame;
    target.limits.output_bytes_max = config.wire.outbound_buffer;
    if (line.tls.enabled) {
        auto context =
            transport::TlsContext::client({.ca_file = line.tls.ca,
                                           .certificate_file = line.tls.certificate,
                                           .key_file = line.tls.key,
                                           .version_min = tls_version(line.tls.min_version),
                                           .ciphers = {}});
        if (!context.ok()) {
            return Made::failure({kInvalidConfiguration,
                                  fmt::format("venue {}: {}", room.settings.id, context.error())});
        }
        target.tls = context.value();
        target.server_name = line.tls.server_name;
    }
    settings.reconnect_first = to_ms(wire.reconnect);
    settings.reconnect_longest = std::max(to_ms(wire.reconnect), settings.reconnect_longest);
    return settings;
}

std::optional<StartError> House::Rooms::make_fix_venue(VenueRoom& room) {
    const config::FixVenueSettings& wire = room.settings.fix;
    FixVenueSettings settings;
    settings.id = room.id;
    settings.name = room.settings.id;
    settings.instance = Instance(config.core.instance);
    settings.pacing = wire.pacing;
    // Twice the credits of a lane: an order that ended by itself may leave its request behind.
    settings.queue_room = room.requests.capacity();
    std::vector<const config::FixLine*> lines{&wire};
    for (const config::FixLine& line : wire.more_lines) {
        lines.push_back(&line);
    }
    std::vector<engine::StoreIndex> recovered;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        auto line = line_settings(room, *lines[i]);
        if (!line.ok()) {
            return line.error();
        }
        settings.lines.push_back(std::move(line).value());
        const std::uint32_t session = venue_session_index(room.id, i);
        recovered.push_back(indexes.try_emplace(session, session).first->second);
    }
    auto venue = std::make_unique<FixVenue>(reactor, *resolver, settings, dictionaries, *journal,
                                            clock, recovered, words.venue(wire.version),
                                            Receiver<VenueRequest>(room.requests),
                                            Sender<VenueEvent>(room.events));
    room.fix = venue.get();
    room.adapter = std::move(venue);
    return std::nullopt;
}

}  // namespace sluice::app
