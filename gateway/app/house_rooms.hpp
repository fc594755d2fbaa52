// The inside of the house: all rooms and the channels between them, in the order in which they are
// built; destroyed in reverse. Only house*.cpp includes this.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/admin/admin_server.hpp"
#include "gateway/app/admin_api.hpp"
#include "gateway/app/admin_inputs.hpp"
#include "gateway/app/hot_calls.hpp"
#include "gateway/app/house.hpp"
#include "gateway/calendar/calendar.hpp"
#include "gateway/core/core_stage.hpp"
#include "gateway/core/recovery.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/venues/adapter.hpp"
#include "gateway/venues/sim_adapter.hpp"
#include "sessions/acceptor.hpp"
#include "sessions/codec_words.hpp"
#include "sessions/credentials/credential_verifier.hpp"
#include "sessions/engine/clock.hpp"
#include "sessions/engine/dictionaries.hpp"
#include "sessions/engine/store_index.hpp"
#include "sessions/fix_venue.hpp"
#include "sessions/transport/listener.hpp"
#include "sessions/transport/reactor.hpp"
#include "sessions/transport/resolver.hpp"

namespace sluice::app {

// Wakes the hot thread when it is parked.
class ReactorWake final : public Wake {
public:
    explicit ReactorWake(transport::Waker& waker) : waker_(waker) {}
    void wake() override { waker_.wake(); }

private:
    transport::Waker& waker_;
};

// The two channels of a venue and its adapter.
struct VenueRoom {
    VenueRoom(const config::VenueSettings& venue_settings,
              VenueId venue_id,
              std::size_t request_room);
    const config::VenueSettings& settings;
    VenueId id;
    Channel<VenueRequest> requests;
    Channel<VenueEvent> events;
    std::unique_ptr<VenueAdapter> adapter;
    FixVenue* fix = nullptr;    // the adapter, when it is one
    SimAdapter* sim = nullptr;  // likewise
};

// The encoders and decoders of each FIX version, for clients and for venues.
struct WordBook {
    explicit WordBook(const Instance& instance);
    ClientWords& client(FixVersion version);
    VenueWords& venue(FixVersion version);

private:
    std::array<std::unique_ptr<CodecClientWords>, 3> client_;
    std::array<std::unique_ptr<CodecVenueWords>, 3> venue_;
};

struct House::Rooms {
    Rooms(config::GatewayConfig house_config, House::Log log_line);
    ~Rooms();

    std::optional<StartError> recover();
    std::optional<StartError> start();
    int run();
    void shut_down();

    config::GatewayConfig config;
    House::Log log;
    StartFacts facts;
    std::int64_t started_ns = 0;
    engine::BatchClock clock;  // read at the start of each turn and after each sleep
    transport::Reactor reactor;
    ReactorWake wake{reactor.waker()};
    std::atomic<bool> stop{false};

    std::unique_ptr<journal::Journal> journal;
    Core core;
    BatchTime now;

    // Channels; which room reads and writes each is said where the rooms are made.
    Channel<Command> commands{4096};
    Channel<SessionEvent> session_events{4096};
    Channel<Report> reports{8192};
    Channel<Event> admin_events{256};
    Channel<AdminReply> admin_replies{256};
    std::vector<std::unique_ptr<VenueRoom>> venues;

    WordBook words;
    engine::Dictionaries dictionaries;
    std::map<std::uint32_t, engine::StoreIndex> indexes;  // of FIX sessions, as recovered
    std::unique_ptr<CoreStage> stage;
    std::unique_ptr<transport::Resolver> resolver;
    std::unique_ptr<CredentialVerifier> verifier;
    std::unique_ptr<Acceptor> acceptor;
    transport::Admission admission;
    std::vector<std::unique_ptr<transport::Listener>> listeners;

    HotCalls calls{wake};
    std::unique_ptr<AdminInputs> inputs;
    std::unique_ptr<AdminApi> api;
    std::unique_ptr<AdminServer> admin;

private:
    class Recall;
    // house_recovery.cpp
    std::optional<StartError> open_journal(journal::Recovered recovered);
    void finish_recovery(const Recovered& recovered, const Recall& recall);
    std::string config_document() const;
    // house_sessions.cpp
    std::optional<StartError> make_acceptor();
    std::optional<StartError> open_listeners();
    // house_venues.cpp
    std::optional<StartError> make_fix_venues();
    VenueRoom* venue_room(const NameTable& names, VenueId id);
    VenueRoom& add_venue(const config::VenueSettings& settings, VenueId id);
    std::optional<StartError> make_fix_venue(VenueRoom& room);
    Result<InitiatorSettings, StartError> line_settings(const VenueRoom& room,
                                                        const config::FixLine& line);
    // house_views.cpp
    HouseViews views();
    std::vector<SessionView> session_views() const;
    static SessionView line_view(const VenueRoom& room, std::size_t line);
    std::vector<VenueView> venue_views() const;
    JournalView journal_view() const;
    std::vector<std::pair<std::string, std::uint64_t>> metrics() const;
    Outcome log_out(const std::string& id, const std::string& text);
    Outcome enable(const std::string& id, bool enabled);
    Outcome reset(const std::string& id, unsigned next_in, unsigned next_out);
    std::optional<SessionId> session_id(const std::string& id) const;
    Outcome say(const std::string& venue, const std::string& text);
    AskedViews asked(const std::string& venue, std::uint64_t after) const;
    Outcome manual_venue(const std::string& venue, SimAdapter*& found) const;
    // house_days.cpp
    void open_calendars();
    void follow_calendars();
    bool follow_day_roll();
    void wait_for_acceptance(const std::string& document);
    // house.cpp
    void stay_on_cpus();
    std::size_t turn();
    void read_clock();
    void watch_journal();
    void idle();
    bool nothing_to_do() const;
    void arm_deadline();

    std::uint64_t stall_seen_durable_ = 0;
    std::int64_t stall_since_ns_ = 0;
    std::int64_t idle_since_ns_ = 0;
    transport::TimerId deadline_timer_ = transport::TimerId::None;
    std::int64_t deadline_ = 0;
    std::string journaled_document_;
    std::vector<calendar::Calendar> calendars_;  // markets of the configuration
    std::vector<UtcNanos> phase_due_;            // when each is looked at again
    UtcNanos roll_due_;
};

}  // namespace sluice::app
