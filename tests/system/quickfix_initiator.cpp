#include "tests/system/quickfix_initiator.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "sessions/engine/quickfix.hpp"
// Behind the wrapper, which has included what these need: the stock initiators, for a client that
// is stock QuickFIX.
#define HAVE_SSL 1
#define throw(...)
#include <quickfix/SSLSocketInitiator.h>
#include <quickfix/SessionSettings.h>
#include <quickfix/SocketInitiator.h>
#undef throw

#include "sessions/client/fix_text.hpp"

namespace sluice::system_test {
namespace {

constexpr auto kLimit = std::chrono::seconds(10);

std::string settings_text(FixVersion version,
                          const std::string& id,
                          std::uint16_t port,
                          const std::string& ca_file) {
    const bool fixt = version == FixVersion::Fix50Sp2;
    std::string text = fmt::format(
        "[DEFAULT]\nConnectionType=initiator\nReconnectInterval=1\nStartTime=00:00:00\nEndTime=00:"
        "00:00\n"
        "HeartBtInt=30\nUseDataDictionary=N\nSocketConnectHost=127.0.0.1\nSocketConnectPort={}\n"
        "ResetOnLogon=N\nLogonTimeout=10\n",
        port);
    if (!ca_file.empty()) {
        text += fmt::format(
            "SSLProtocol=+TLSv1_2\nCERTIFICATE_AUTHORITIES_FILE={0}\nCertificationAuthoritiesFile={"
            "0}\n",
            ca_file);
    }
    text += fmt::format("[SESSION]\nBeginString={}\nSenderCompID={}\nTargetCompID=SLUICE\n{}",
                        fixt ? "FIXT.1.1" : std::string(to_text(version)), id,
                        fixt ? "DefaultApplVerID=9\n" : "");
    return text;
}

// Keeps its stores for the life of the factory, so that a second connection goes on with the
// numbers of the first.
class KeepingStoreFactory : public FIX::MessageStoreFactory {
public:
    FIX::MessageStore* create(const FIX::SessionID&) override { return new Shared(store_); }
    void destroy(FIX::MessageStore* store) override { delete store; }

private:
    class Shared : public FIX::MessageStore {
    public:
        explicit Shared(FIX::MemoryStore& store) : store_(store) {}
        bool set(int number, const std::string& message) override {
            return store_.set(number, message);
        }
        void get(int from, int to, std::vector<std::string>& out) const override {
            store_.get(from, to, out);
        }
        int getNextSenderMsgSeqNum() const override { return store_.getNextSenderMsgSeqNum(); }
        int getNextTargetMsgSeqNum() const override { return store_.getNextTargetMsgSeqNum(); }
        void setNextSenderMsgSeqNum(int n) override { store_.setNextSenderMsgSeqNum(n); }
        void setNextTargetMsgSeqNum(int n) override { store_.setNextTargetMsgSeqNum(n); }
        void incrNextSenderMsgSeqNum() override { store_.incrNextSenderMsgSeqNum(); }
        void incrNextTargetMsgSeqNum() override { store_.incrNextTargetMsgSeqNum(); }
        FIX::UtcTimeStamp getCreationTime() const override { return store_.getCreationTime(); }
        void reset() override { store_.reset(); }
        void refresh() override { store_.refresh(); }

    private:
        FIX::MemoryStore& store_;
    };
    FIX::MemoryStore store_;
};

bool holds(const std::string& message, std::string_view fields) {
    while (!fields.empty()) {
        const std::string_view pair = fields.substr(0, fields.find('|'));
        fields.remove_prefix(std::min(fields.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (client::field(message, std::stoi(std::string(pair.substr(0, equals)))) !=
            pair.substr(equals + 1)) {
            return false;
        }
    }
    return true;
}

}  // namespace

struct QuickfixClient::State : public FIX::Application {
    State(FixVersion fix_version,
          const std::string& id,
          std::uint16_t port,
          const std::string& ca_file)
        : version(fix_version), tls(!ca_file.empty()) {
        std::istringstream text(settings_text(fix_version, id, port, ca_file));
        settings = FIX::SessionSettings(text);
    }

    void onCreate(const FIX::SessionID& session) override { session_id = session; }
    void onLogon(const FIX::SessionID&) override { set_logged_on(true); }
    void onLogout(const FIX::SessionID&) override { set_logged_on(false); }
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) override {}
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) override {}
    void fromApp(const FIX::Message& message, const FIX::SessionID&) override {
        const std::lock_guard lock(mutex);
        messages.push_back(message.toString());
        changed.notify_all();
    }
    void set_logged_on(bool on) {
        const std::lock_guard lock(mutex);
        logged_on = on;
        changed.notify_all();
    }

    FixVersion version;
    bool tls;
    FIX::SessionSettings settings;
    FIX::SessionID session_id;
    KeepingStoreFactory stores;
    std::unique_ptr<FIX::Initiator> initiator;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> messages;
    bool logged_on = false;
};

QuickfixClient::QuickfixClient(FixVersion version,
                               const std::string& id,
                               std::uint16_t port,
                               const std::string& ca_file)
    : state_(std::make_unique<State>(version, id, port, ca_file)) {}

QuickfixClient::~QuickfixClient() {
    if (state_->initiator) {
        state_->initiator->stop(true);
    }
}

void QuickfixClient::start() {
    if (state_->tls) {
        state_->initiator =
            std::make_unique<FIX::SSLSocketInitiator>(*state_, state_->stores, state_->settings);
    } else {
        state_->initiator =
            std::make_unique<FIX::SocketInitiator>(*state_, state_->stores, state_->settings);
    }
    state_->initiator->start();
}

void QuickfixClient::stop() {
    state_->initiator->stop();
    state_->initiator.reset();
}

void QuickfixClient::stop_hard() {
    state_->initiator->stop(true);
    state_->initiator.reset();
}

bool QuickfixClient::wait_logged_on() {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, kLimit, [this] { return state_->logged_on; });
}

void QuickfixClient::send(const std::string& msg_type, const std::string& body) {
    FIX::Message message;
    message.getHeader().setField(35, msg_type);
    std::string_view rest = body;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('|'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        message.setField(std::stoi(std::string(pair.substr(0, equals))),
                         std::string(pair.substr(equals + 1)));
    }
    FIX::Session::sendToTarget(message, state_->session_id);
}

bool QuickfixClient::wait_for(const std::string& fields) {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, kLimit, [&] {
        return std::any_of(state_->messages.begin(), state_->messages.end(),
                           [&](const std::string& message) { return holds(message, fields); });
    });
}

}  // namespace sluice::system_test
