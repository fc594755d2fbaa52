// From what the last process left to a house that stands where it stood: journal, core, FIX
// sessions and venues, in this order.
#include <chrono>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "gateway/app/exit_code.hpp"
#include "gateway/app/house_rooms.hpp"
#include "gateway/app/version.hpp"
#include "gateway/config/loader.hpp"
#include "gateway/crypto/sha256.hpp"
#include "gateway/journal/frame.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice::app {
namespace {

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A FIX record's session, or kNoIndex for records that say nothing about one.
std::uint32_t fix_session_of(const journal::Frame& frame) {
    switch (frame.meta.type) {
        case journal::RecordType::FixOut:
        case journal::RecordType::SessionSeq:
        case journal::RecordType::Command:
            return frame.meta.session;
        case journal::RecordType::VenueEvent: {
            const auto event = frame.head<VenueEvent>();
            return event ? venue_session_index(event->venue, event->line) : kNoIndex;
        }
        default:
            return kNoIndex;
    }
}

}  // namespace

// Told by recover_core() while the journal is read: teaches the FIX sessions their numbers, and the
// simulated venues their books.
class House::Rooms::Recall final : public RecoverySink {
public:
    explicit Recall(Rooms& rooms) : rooms_(rooms) {}

    void on_request(const VenueRequest& request, bool) override {
        VenueRoom* room = rooms_.venue_room(rooms_.core.names(), request.venue);
        if (room != nullptr && room->adapter) {
            room->adapter->recall_request(request);
        }
    }
    void on_venue_event(const VenueEvent& event) override {
        VenueRoom* room = rooms_.venue_room(rooms_.core.names(), event.venue);
        if (room != nullptr && room->adapter) {
            room->adapter->recall_event(event);
        } else if (event.has(venue_event_flag::kNotSent) ||
                   event.kind == VenueEventKind::SessionUp) {
            own_events.push_back(event);
        }
    }
    void on_frame(const journal::Frame& frame) override {
        if (frame.meta.type == journal::RecordType::ConfigDoc) {
            rooms_.journaled_document_ = text_of(frame.payload);
        }
        const std::uint32_t session = fix_session_of(frame);
        if (session != kNoIndex) {
            rooms_.indexes.try_emplace(session, session).first->second.learn(frame);
        }
        if (const auto event = frame.meta.type == journal::RecordType::VenueEvent
                                   ? frame.head<VenueEvent>()
                                   : std::nullopt;
            event && event->has(venue_event_flag::kTakeover)) {
            teach_other_lines(*event, session, frame);
        }
    }

    // What FIX venues said themselves; they are made after the recovery.
    std::vector<VenueEvent> own_events;

private:
    void teach_other_lines(const VenueEvent& event,
                           std::uint32_t own,
                           const journal::Frame& frame) {
        for (auto& [session, index] : rooms_.indexes) {
            if (session != own && is_venue_session(session) &&
                venue_of_session(session) == event.venue) {
                index.learn(frame);
            }
        }
    }

    Rooms& rooms_;
};

std::optional<StartError> House::Rooms::recover() {
    const auto begin = std::chrono::steady_clock::now();
    const std::string dir = config.data_dir + "/journal";
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (error) {
        return StartError{kFailed, fmt::format("{}: cannot be created: {}", dir, error.message())};
    }
    facts.journal_dir = dir;

    auto recovered = journal::recover({.dir = dir,
                                       .instance = config.core.instance,
                                       .segment_bytes = config.journal.segment_size,
                                       .now_utc_ns = clock.utc().value});
    if (!recovered.ok()) {
        const auto& refused = recovered.error();
        return StartError{kFailed,
                          fmt::format("{}\n  file {} offset {} expected record {} proof of {}\n"
                                      "  nothing was changed; `sluice journal repair` can cut the "
                                      "journal there, with a loss",
                                      refused.message, refused.file, refused.offset,
                                      refused.expected_seq, refused.proof_seq)};
    }
    if (recovered.value().first_seq > 1) {
        return StartError{
            kFailed,
            fmt::format("{}: the journal begins at record {}; its first segments are missing", dir,
                        recovered.value().first_seq)};
    }
    facts.torn_bytes = recovered.value().torn_bytes;

    journal::JournalReader reader({.dir = dir, .instance = config.core.instance});
    Recall recall(*this);
    const auto is_fix = [this](VenueId id) {
        const VenueRoom* room = venue_room(core.names(), id);
        return room != nullptr && room->settings.type == config::VenueType::Fix;
    };
    auto replayed = recover_core(reader, core, config::parse_core_document, recall, is_fix);
    if (!replayed.ok()) {
        return StartError{kFailed, fmt::format("{}: {}", dir, replayed.error())};
    }
    if (reader.problem()) {
        return StartError{kFailed,
                          fmt::format("{}: {}", reader.problem()->file, reader.problem()->message)};
    }
    if (auto failed = open_journal(std::move(recovered).value())) {
        return failed;
    }
    finish_recovery(replayed.value(), recall);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    facts.recovery_ms = took.count();
    return std::nullopt;
}

std::optional<StartError> House::Rooms::open_journal(journal::Recovered recovered) {
    const std::string document = config_document();
    if (document.size() > journal::kPayloadMax) {
        return StartError{
            kInvalidConfiguration,
            fmt::format("the configuration is {} bytes as a journal record; at most {} fit",
                        document.size(), journal::kPayloadMax)};
    }
    journal::JournalOptions options;
    options.segment_bytes = config.journal.segment_size;
    const bool is_written = config.journal.durability == config::Durability::Written;
    options.durability = is_written ? journal::Durability::Written : journal::Durability::Synced;
    if (!is_written || config.journal.commit_interval.count() > 0) {
        options.commit_interval_ns = config.journal.commit_interval.count();
    }
    options.seal_interval_ns = config.journal.seal_interval.count();
    options.stall_limit_ns = config.journal.stall_limit.count();
    options.wake_fd = reactor.waker().fd();
    options.config_sha = crypto::sha256(std::as_bytes(std::span(document)));
    options.build = build_commit();
    auto opened = journal::Journal::open(options, std::move(recovered));
    if (!opened.ok()) {
        return StartError{kFailed, opened.error()};
    }
    journal = std::move(opened).value();
    // A parked loop must still hand the journal its batches, and so must one whose seals are due.
    reactor.timers().every(
        is_written ? std::chrono::nanoseconds(options.commit_interval_ns) : std::chrono::seconds(1),
        [] {});
    return std::nullopt;
}

std::string House::Rooms::config_document() const {
    return config::effective_document(config.core);
}

void House::Rooms::finish_recovery(const Recovered& recovered, const Recall& recall) {
    facts.records = recovered.records;
    facts.epoch = recovered.epoch + 1;

    // Ids of everything this configuration names; known ones keep theirs.
    NameTable names = core.names();
    names.learn(config.core);
    CoreStage::Ports ports{{},
                           {{Receiver<Command>(commands), Receiver<SessionEvent>(session_events),
                             Sender<Report>(reports)}},
                           Receiver<Event>(admin_events),
                           Sender<AdminReply>(admin_replies),
                           {}};
    for (const auto& settings : config.venues) {
        VenueRoom* room = venue_room(names, VenueId{names.venues.find(settings.id)});
        GW_CHECK(room != nullptr);
        ports.venues.push_back(
            {room->id, Receiver<VenueEvent>(room->events), Sender<VenueRequest>(room->requests)});
    }
    read_clock();
    stage = std::make_unique<CoreStage>(core, *journal, std::move(ports), now);
    stage->continue_from(recovered.last_time);
    for (const Decision& decision : recovered.lost_decisions) {
        stage->journal_again(decision);
    }
    for (const VenueRequest& request : recovered.lost_requests) {
        stage->journal_again(request);
    }
    const std::string document = config_document();
    if (document != journaled_document_) {
        if (!journaled_document_.empty()) {
            log("the configuration differs from the journal's: its limits replace those that were "
                "set while running");
        }
        GW_CHECK(stage->configure(document, config.core));
        if (!journaled_document_.empty()) {
            wait_for_acceptance(document);
        }
    }
    ProcessStart start;
    start.epoch = facts.epoch;
    start.pid = ::getpid();
    start.version.assign_prefix(version_number() + " " + build_commit());
    std::array<char, 64> host{};
    ::gethostname(host.data(), host.size() - 1);
    start.host.assign_prefix(host.data());
    GW_CHECK(stage->take(start));
    open_calendars();
    follow_calendars();
    (void)follow_day_roll();
    facts.open_orders = core.risk().exposure().firm().open_orders;
    facts.resent = recovered.unsent_reports.size();

    // FIX venues get the requests that nobody sent; they ask their message store which those are.
    if (auto failed = make_fix_venues()) {
        throw std::runtime_error(failed->text);
    }
    for (const VenueRequest& request : recovered.unsent_requests) {
        VenueRoom* room = venue_room(core.names(), request.venue);
        if (room != nullptr && room->fix != nullptr) {
            room->fix->recall_request(request);
        }
    }
    for (const VenueEvent& event : recall.own_events) {
        VenueRoom* room = venue_room(core.names(), event.venue);
        if (room != nullptr && room->fix != nullptr) {
            room->fix->recall_event(event);
        }
    }
    if (auto failed = make_acceptor()) {
        throw std::runtime_error(failed->text);
    }
    // Reports that no client holds get their numbers now, once.
    for (const Report& report : recovered.unsent_reports) {
        while (reports.try_send(report) == Sent::Full) {
            acceptor->poll(reports.capacity());
        }
    }
    acceptor->poll(reports.capacity());
    for (const auto& venue : venues) {
        venue->adapter->recovered(now.utc);
    }
}

}  // namespace sluice::app
