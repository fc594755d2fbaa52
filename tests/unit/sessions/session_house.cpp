#include "tests/unit/sessions/session_house.hpp"

#include "tests/unit/source_dir.hpp"

namespace sluice::test {

SessionProfile profile_of(FixVersion version) {
    SessionProfile profile;
    profile.name = "client";
    profile.version = version;
    profile.our_comp_id = "GATE";
    profile.their_comp_id = "CLIENT";
    const std::string specs = source_dir() + "/fix_specs/";
    if (version == FixVersion::Fix42) {
        profile.dictionaries = {"FIX.4.2", specs + "FIX42.xml", "", "4"};
    } else if (version == FixVersion::Fix44) {
        profile.dictionaries = {"FIX.4.4", specs + "FIX44.xml", "", "6"};
    } else {
        profile.dictionaries = {"FIXT.1.1", specs + "FIXT11.xml", specs + "FIX50SP2.xml", "9"};
    }
    return profile;
}

SessionHouse::SessionHouse(std::vector<SessionProfile> profiles,
                           AcceptorSettings settings,
                           std::size_t command_room,
                           ClientWords* words)
    : profiles_(std::move(profiles)),
      settings_(std::move(settings)),
      command_room_(command_room),
      words_(words == nullptr ? &test_words_ : words) {
    settings_.on_refused = [this](const RefusedLogon& refused) {
        refusals.emplace_back(to_text(refused.why));
    };
    build();
}

SessionHouse::~SessionHouse() {
    listener_.reset();
    if (reactor_ != nullptr) {
        reactor_->close_all("end of test");
    }
    acceptor.reset();
    verifier_.reset();
}

void SessionHouse::restart() {
    listener_.reset();
    reactor_->close_all("restart");
    acceptor.reset();
    verifier_.reset();
    reactor_.reset();
    build();
}

void SessionHouse::build() {
    commands_ = std::make_unique<Channel<Command>>(command_room_);
    session_events_ = std::make_unique<Channel<SessionEvent>>(64);
    reports_ = std::make_unique<Channel<Report>>(1024);
    reactor_ = std::make_unique<transport::Reactor>();
    verifier_ = std::make_unique<CredentialVerifier>(reactor_->waker());
    auto directory = SessionDirectory::make(profiles_);
    GW_CHECK(directory.ok());
    acceptor = std::make_unique<Acceptor>(
        *reactor_, *verifier_, std::move(directory).value(), dictionaries_, log, clock_,
        [this](FixVersion) -> ClientWords& { return *words_; }, Sender<Command>(*commands_),
        Sender<SessionEvent>(*session_events_), Receiver<Report>(*reports_),
        [this](SessionId id) {
            engine::StoreIndex index(id.value);
            log.each([&](const journal::Frame& frame) { index.learn(frame); });
            return index;
        },
        settings_);
    auto opened = transport::Listener::open(*reactor_, admission_, *acceptor, {});
    GW_CHECK(opened.ok());
    listener_ = std::move(opened).value();
}

void SessionHouse::run_core() {
    Receiver<SessionEvent> session_events(*session_events_);
    while (const auto event = session_events.try_receive()) {
        events.push_back(event->kind);
        last_event = *event;
    }
    Receiver<Command> commands(*commands_);
    while (const Command* command = taken.size() < core_takes_at_most ? commands.peek() : nullptr) {
        journal::RecordMeta meta;
        meta.type = journal::RecordType::Command;
        meta.session = command->session.value;
        (void)log.append_value(meta, *command);
        taken.push_back(*command);
        commands.pop();
    }
}

void SessionHouse::turn() {
    (void)reactor_->poll(false);
    (void)acceptor->poll(64);
    if (core_runs) {
        run_core();
    }
    (void)acceptor->poll(64);
    (void)reactor_->flush_all(log.released());
    for (SocketPeer* peer : peers) {
        peer->pump();
    }
}

bool SessionHouse::until(const std::function<bool()>& is_so) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        turn();
        std::this_thread::yield();
    }
    return true;
}

std::string SessionHouse::next(SocketPeer& peer) {
    if (!until([&] {
            peer.pump();
            return !peer.received().empty() || peer.is_closed();
        })) {
        return "nothing";
    }
    if (peer.received().empty()) {
        return "closed";
    }
    std::string message = with_bars(peer.received().front());
    peer.received().pop_front();
    return message;
}

void SessionHouse::report(std::uint64_t cause, std::string_view cl_ord_id, std::uint32_t session) {
    Report report;
    report.cause = cause;
    report.session = {session};
    report.cl_ord_id.assign_prefix(cl_ord_id);
    this->report(report);
}

void SessionHouse::report(const Report& report) {
    GW_CHECK(reports_->try_send(report) == Sent::Ok);
}

}  // namespace sluice::test
