#include "sessions/engine/session_host.hpp"

#include <algorithm>
#include <map>

#include "sessions/engine/fast_gate.hpp"
#include "sessions/engine/journal_store.hpp"
#include "sessions/engine/quickfix.hpp"
#include "sessions/engine/raw_message.hpp"

namespace sluice::engine {
namespace {

constexpr std::uint32_t kOpenEnd = 0;  // EndSeqNo(16) = 0: to the end

// QuickFIX's sessions end by the clock. This range begins one nanosecond after it ends, so no time
// is outside, and any two times within a day are in the same range; the store's creation time is
// always now.
FIX::TimeRange non_stop() {
    return FIX::TimeRange(FIX::UtcTimeOnly(0, 0, 0, 1, 9), FIX::UtcTimeOnly(0, 0, 0, 0, 9));
}

FIX::SessionID session_id(const HostSettings& settings) {
    return {settings.dictionaries.begin_string, settings.our_comp_id, settings.their_comp_id};
}

}  // namespace

// The part behind the header: what QuickFIX calls back (Application, Responder, store factory) and
// what calls QuickFIX.
class SessionHost::Engine final : public FIX::Application,
                                  public FIX::Responder,
                                  public FIX::MessageStoreFactory {
public:
    Engine(HostSettings settings,
           Dictionaries& dictionaries,
           journal::LogWriter& log,
           Clock& clock,
           StoreIndex index,
           HostOwner& owner)
        : settings_(std::move(settings)),
          owner_(owner),
          clock_(clock),
          store_(log, clock, std::move(index), owner),
          provider_(dictionaries.provider(settings_.dictionaries)),
          gate_(dictionaries.fast_rules(settings_.dictionaries),
                {settings_.fast_path, settings_.our_comp_id, settings_.their_comp_id,
                 settings_.max_latency_s}),
          session_(*this,
                   *this,
                   session_id(settings_),
                   provider_,
                   non_stop(),
                   settings_.heart_bt_int,
                   nullptr) {
        session_.setTimestampPrecision(3);
        session_.setCheckLatency(settings_.max_latency_s > 0);
        session_.setMaxLatency(settings_.max_latency_s);
        session_.setResetOnLogon(settings_.reset_on_logon);
        session_.setResetOnLogout(settings_.reset_on_logout);
        session_.setResetOnDisconnect(settings_.reset_on_disconnect);
        session_.setSenderDefaultApplVerID(settings_.dictionaries.appl_ver_id);
    }

    // What we do with it.
    void attach(Wire& wire) {
        wire_ = &wire;
        gate_.close();
        session_.setResponder(this);
    }
    void detach() {
        wire_ = nullptr;
        guarded(any_reset(), [&] { session_.disconnect(); });
        forget_peer();
    }
    bool receive_fast(std::string_view frame);
    void receive(std::string_view frame);
    void refuse_unscreened(std::string_view frame, std::string_view ref_tag, std::string_view text);
    void receive_busy(std::string_view frame, std::string_view text);
    void tick() {
        guarded(any_reset(), [&] { session_.next(); });
    }
    void poll();
    bool has_work() const { return resend_next_ != 0 || store_.owes(); }
    void logout(std::string_view text);
    void hang_up(std::string_view why);
    bool give(FixOutHead head, std::string_view bytes);
    HostStatus status();

    HostSettings settings_;
    HostOwner& owner_;
    Clock& clock_;
    JournalStore store_;
    const FIX::DataDictionaryProvider& provider_;
    FastGate gate_;
    FIX::Session session_;
    Wire* wire_ = nullptr;

private:
    // FIX::MessageStoreFactory: one session, one store, owned here.
    FIX::MessageStore* create(const FIX::SessionID&) override { return &store_; }
    void destroy(FIX::MessageStore*) override {}

    // FIX::Responder
    bool send(const std::string& bytes) override {
        ++sent_;
        return wire_ != nullptr && wire_->send(bytes, store_.index().last_out_seq());
    }
    void disconnect() override { drop_wire("session ended"); }

    // FIX::Application
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override {
        logged_on_ = true;
        owner_.on_logged_on();
    }
    void onLogout(const FIX::SessionID&) override {
        if (logged_on_) {
            logged_on_ = false;
            owner_.on_logged_out();
        }
    }
    void toAdmin(FIX::Message& message, const FIX::SessionID&) override;
    void toApp(FIX::Message& message, const FIX::SessionID&) override;
    void fromAdmin(const FIX::Message& message, const FIX::SessionID&) override;
    void fromApp(const FIX::Message& message, const FIX::SessionID&) override;

    template <class Call>
    void guarded(bool may_reset, Call&& call);
    template <class Take>
    void take(const FIX::Message& message, Take&& take_it);
    bool any_reset() const {
        return settings_.reset_on_logon || settings_.reset_on_logout ||
               settings_.reset_on_disconnect;
    }
    void drop_wire(std::string_view why) {
        if (Wire* wire = std::exchange(wire_, nullptr)) {
            wire->hang_up(why);
        }
    }
    void forget_peer() {
        ahead_.clear();
        resend_next_ = 0;
        session_.logon();  // a logout by an operator is for this connection only
    }
    void hand_over(std::string_view frame, std::uint32_t msg_seq_num);
    bool begin_resend(std::string_view frame, std::uint32_t msg_seq_num);
    void next_slice(std::uint32_t msg_seq_num);
    std::string resend_request(std::uint32_t msg_seq_num, std::uint32_t begin, std::uint32_t end);
    void send_own(FIX::Message& message) {
        guarded(false, [&] { session_.send(message); });
    }

    std::string_view frame_;  // being handed over; empty otherwise
    std::uint32_t frame_seq_num_ = 0;
    std::uint64_t frame_in_seq_ = 0;
    std::map<std::uint32_t, std::uint64_t> ahead_;  // MsgSeqNum beyond a gap: its FIX_IN's number
    std::uint32_t resend_next_ = 0;  // first number of the next slice; 0: no resend under way
    std::uint32_t resend_last_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t received_fast_ = 0;
    std::uint64_t sent_ = 0;
    bool app_taken_ = false;  // QuickFIX gave the message being handed over to the application
    bool logged_on_ = false;
    bool busy_ = false;  // the message being handed over has no room in the core
    bool busy_taken_ = false;
};

// QuickFIX's exceptions end here. One session's trouble is its own: it is disconnected.
template <class Call>
void SessionHost::Engine::guarded(bool may_reset, Call&& call) {
    store_.allow_reset(may_reset);
    try {
        call();
    } catch (const FIX::InvalidMessage&) {
        // Garbled for QuickFIX: no number was consumed, as FIX asks.
    } catch (const std::exception& error) {
        drop_wire(error.what());
    } catch (...) {
        drop_wire("unknown exception");
    }
    store_.allow_reset(false);
    store_.forget_consume_by_record();
    if (store_.failed()) {
        drop_wire("the journal has failed");
    }
}

bool SessionHost::Engine::receive_fast(std::string_view frame) {
    PlainMessage message;
    const FastGate::Now now{clock_.utc(), clock_.mono_ns(), store_.index().next_target()};
    if (!gate_.lets_pass(frame, now, message) || !session_.isLoggedOn() || session_.sentLogout() ||
        wire_ == nullptr || store_.failed()) {
        return false;
    }
    ++received_;
    ++received_fast_;
    HostOwner::Incoming incoming;
    incoming.message = frame;
    incoming.msg_seq_num = message.msg_seq_num;
    incoming.fix_in_seq = store_.append_in(message.msg_seq_num, frame);
    if (incoming.fix_in_seq == 0 || !store_.consume(owner_.on_app(incoming))) {
        drop_wire("the journal has failed");
    }
    return true;
}

void SessionHost::Engine::receive(std::string_view frame) {
    ++received_;
    const auto msg_seq_num = number_of(frame, FIX::FIELD::MsgSeqNum).value_or(0);
    const std::string_view type = field_of(frame, FIX::FIELD::MsgType);
    const std::uint32_t expected = store_.index().next_target();
    gate_.saw(msg_seq_num, expected);
    if (type == "2" && session_.isLoggedOn() && begin_resend(frame, msg_seq_num)) {
        return;
    }
    app_taken_ = false;
    hand_over(frame, msg_seq_num);
    if (store_.index().next_target() < expected) {
        gate_.forget_gap();
    }
    if (app_taken_ && msg_seq_num == expected) {
        gate_.open_after(frame, clock_.mono_ns(), session_.getHeartBtInt());
    }
}

void SessionHost::Engine::hand_over(std::string_view frame, std::uint32_t msg_seq_num) {
    const std::string_view type = field_of(frame, FIX::FIELD::MsgType);
    const bool is_logon = type == "A";
    const bool is_ahead = msg_seq_num > store_.index().next_target();
    if (is_ahead && ahead_.size() >= settings_.queued_max &&
        (!is_admin_type(type) || type == "0")) {
        return;  // it comes again with the resend that closes the gap
    }
    frame_in_seq_ = is_logon ? store_.append_in(msg_seq_num, without_secrets(frame))
                             : store_.append_in(msg_seq_num, frame);
    if (frame_in_seq_ == 0) {
        drop_wire("the journal has failed");
        return;
    }
    if (is_ahead) {
        ahead_[msg_seq_num] = frame_in_seq_;
    }
    frame_ = frame;
    frame_seq_num_ = msg_seq_num;
    guarded(is_logon || any_reset(),
            [&] { session_.next(std::string(frame), FIX::UtcTimeStamp()); });
    frame_ = {};
    ahead_.erase(ahead_.begin(), ahead_.lower_bound(store_.index().next_target()));
}

template <class Take>
void SessionHost::Engine::take(const FIX::Message& message, Take&& take_it) {
    HostOwner::Incoming incoming;
    std::string text;
    incoming.msg_seq_num =
        static_cast<std::uint32_t>(std::stoul(message.getHeader().getField(FIX::FIELD::MsgSeqNum)));
    if (incoming.msg_seq_num == frame_seq_num_ && !frame_.empty()) {
        incoming.message = frame_;
        incoming.fix_in_seq = frame_in_seq_;
    } else {  // from QuickFIX's queue, after a gap was filled
        text = message.toString();
        incoming.message = text;
        const auto found = ahead_.find(incoming.msg_seq_num);
        incoming.fix_in_seq = found == ahead_.end() ? frame_in_seq_ : found->second;
    }
    if (take_it(incoming) == ConsumedBy::Record) {
        store_.consume_by_record();
    }
}

void SessionHost::Engine::fromApp(const FIX::Message& message, const FIX::SessionID&) {
    if (busy_) {
        busy_taken_ = true;
        return;
    }
    app_taken_ = true;
    take(message, [&](const HostOwner::Incoming& incoming) { return owner_.on_app(incoming); });
}

void SessionHost::Engine::fromAdmin(const FIX::Message& message, const FIX::SessionID&) {
    if (message.getHeader().getField(FIX::FIELD::MsgType) == FIX::MsgType_Reject) {
        // A Reject(3) ahead of the gap is consumed now by QuickFIX, as if it were in sequence.
        take(message, [&](const HostOwner::Incoming& incoming) {
            const bool in_sequence = incoming.msg_seq_num == store_.index().next_target();
            const ConsumedBy by = owner_.on_session_reject(incoming);
            return in_sequence ? by : ConsumedBy::Session;
        });
    }
}

void SessionHost::Engine::toAdmin(FIX::Message& message, const FIX::SessionID&) {
    if (message.getHeader().getField(FIX::FIELD::MsgType) != FIX::MsgType_Logon ||
        settings_.heart_bt_int == 0) {
        return;
    }
    if (!settings_.username.empty()) {
        message.setField(FIX::FIELD::Username, settings_.username);
    }
    if (!settings_.password.empty()) {
        message.setField(FIX::FIELD::Password, settings_.password);
    }
}

// A resend of what another line has taken over: QuickFIX fills the gap instead.
void SessionHost::Engine::toApp(FIX::Message& message, const FIX::SessionID&) {
    const FIX::Header& header = message.getHeader();
    if (header.isSetField(FIX::FIELD::PossDupFlag) &&
        header.getField(FIX::FIELD::PossDupFlag) == "Y" &&
        store_.index().is_superseded(
            static_cast<std::uint32_t>(std::stoul(header.getField(FIX::FIELD::MsgSeqNum))))) {
        throw FIX::DoNotSend();
    }
}

void SessionHost::Engine::refuse_unscreened(std::string_view frame,
                                            std::string_view ref_tag,
                                            std::string_view text) {
    const auto msg_seq_num = number_of(frame, FIX::FIELD::MsgSeqNum);
    const std::string_view type = field_of(frame, FIX::FIELD::MsgType);
    const bool is_ours = field_of(frame, FIX::FIELD::SenderCompID) == settings_.their_comp_id &&
                         field_of(frame, FIX::FIELD::TargetCompID) == settings_.our_comp_id;
    if (!session_.isLoggedOn() || msg_seq_num != store_.index().next_target() || !is_ours ||
        type.empty() || type == "A" || type == "4") {
        return;
    }
    if (store_.append_in(*msg_seq_num, frame) == 0) {
        drop_wire("the journal has failed");
        return;
    }
    guarded(false, [&] {
        session_.setNextTargetMsgSeqNum(static_cast<int>(*msg_seq_num + 1));
        FIX::Message reject;
        reject.getHeader().setField(FIX::FIELD::MsgType, FIX::MsgType_Reject);
        reject.setField(FIX::FIELD::RefSeqNum, std::to_string(*msg_seq_num));
        reject.setField(FIX::FIELD::RefMsgType, std::string(type));
        reject.setField(FIX::FIELD::RefTagID, std::string(ref_tag));
        reject.setField(FIX::FIELD::SessionRejectReason, "0");
        reject.setField(FIX::FIELD::Text, std::string(text));
        session_.send(reject);
    });
}

void SessionHost::Engine::receive_busy(std::string_view frame, std::string_view text) {
    busy_ = true;
    busy_taken_ = false;
    const auto msg_seq_num = number_of(frame, FIX::FIELD::MsgSeqNum).value_or(0);
    gate_.saw(msg_seq_num, store_.index().next_target());
    hand_over(frame, msg_seq_num);
    busy_ = false;
    if (!busy_taken_) {
        return;  // QuickFIX had another answer, or it is ahead of a gap
    }
    FIX::Message reject;
    reject.getHeader().setField(FIX::FIELD::MsgType, FIX::MsgType_BusinessMessageReject);
    reject.setField(FIX::FIELD::RefSeqNum, std::string(field_of(frame, FIX::FIELD::MsgSeqNum)));
    reject.setField(FIX::FIELD::RefMsgType, std::string(field_of(frame, FIX::FIELD::MsgType)));
    const std::string_view cl_ord_id = field_of(frame, FIX::FIELD::ClOrdID);
    if (!cl_ord_id.empty()) {
        reject.setField(FIX::FIELD::BusinessRejectRefID, std::string(cl_ord_id));
    }
    reject.setField(FIX::FIELD::BusinessRejectReason, "4");
    reject.setField(FIX::FIELD::Text, std::string(text));
    send_own(reject);
}

// A ResendRequest(2) is answered in slices, so that a long one stops neither the other sessions nor
// our memory: QuickFIX sees requests for a part of the range, one per turn.
bool SessionHost::Engine::begin_resend(std::string_view frame, std::uint32_t msg_seq_num) {
    const auto begin = number_of(frame, FIX::FIELD::BeginSeqNo);
    const auto end = number_of(frame, FIX::FIELD::EndSeqNo);
    const std::uint32_t last = store_.index().next_sender() - 1;
    if (!begin || !end || *begin == 0) {
        return false;
    }
    const bool open = *end == kOpenEnd || *end > last;
    const std::uint32_t stop = open ? last : *end;
    if (*begin > stop || stop - *begin < settings_.resend_slice) {
        return false;  // short, or for QuickFIX to say what is wrong with it
    }
    const std::uint32_t first_stop = *begin + settings_.resend_slice - 1;
    // The journal gets the request as it came, QuickFIX its first slice.
    frame_in_seq_ = store_.append_in(msg_seq_num, frame);
    std::string slice(framed(settings_.dictionaries.begin_string,
                             "35=2\x01"
                             "34=" +
                                 std::to_string(msg_seq_num) +
                                 "\x01"
                                 "49=" +
                                 std::string(field_of(frame, FIX::FIELD::SenderCompID)) +
                                 "\x01"
                                 "52=" +
                                 std::string(field_of(frame, FIX::FIELD::SendingTime)) +
                                 "\x01"
                                 "56=" +
                                 std::string(field_of(frame, FIX::FIELD::TargetCompID)) +
                                 "\x01"
                                 "7=" +
                                 std::to_string(*begin) +
                                 "\x01"
                                 "16=" +
                                 std::to_string(first_stop) + "\x01"));
    guarded(any_reset(), [&] { session_.next(slice, FIX::UtcTimeStamp()); });
    resend_next_ = session_.isLoggedOn() ? first_stop + 1 : 0;
    resend_last_ = stop;
    return true;
}

std::string SessionHost::Engine::resend_request(std::uint32_t msg_seq_num,
                                                std::uint32_t begin,
                                                std::uint32_t end) {
    FIX::Message request;
    request.getHeader().setField(FIX::FIELD::BeginString, settings_.dictionaries.begin_string);
    request.getHeader().setField(FIX::FIELD::MsgType, FIX::MsgType_ResendRequest);
    request.getHeader().setField(FIX::FIELD::MsgSeqNum, std::to_string(msg_seq_num));
    request.getHeader().setField(FIX::FIELD::SenderCompID, settings_.their_comp_id);
    request.getHeader().setField(FIX::FIELD::TargetCompID, settings_.our_comp_id);
    request.getHeader().setField(FIX::SendingTime(FIX::UtcTimeStamp(), 3));
    request.setField(FIX::FIELD::BeginSeqNo, std::to_string(begin));
    request.setField(FIX::FIELD::EndSeqNo, std::to_string(end));
    return request.toString();
}

// MsgSeqNum(34) = 0 is never the expected number, so the slice consumes none; 1 may be expected, by
// a session that logged on with a number too high.
void SessionHost::Engine::next_slice(std::uint32_t msg_seq_num) {
    const std::uint32_t stop = std::min(resend_last_, resend_next_ + settings_.resend_slice - 1);
    const std::string slice = resend_request(msg_seq_num, resend_next_, stop);
    resend_next_ = stop >= resend_last_ ? 0 : stop + 1;
    guarded(any_reset(), [&] { session_.next(slice, FIX::UtcTimeStamp()); });
}

void SessionHost::Engine::poll() {
    store_.settle();
    if (resend_next_ == 0) {
        return;
    }
    if (wire_ == nullptr || !session_.isLoggedOn()) {
        resend_next_ = 0;
    } else if (wire_->output_bytes() < settings_.resend_output_max) {
        next_slice(0);
    }
}

void SessionHost::Engine::logout(std::string_view text) {
    if (wire_ == nullptr) {
        return;
    }
    session_.logout(std::string(text));
    tick();
}

void SessionHost::Engine::hang_up(std::string_view why) {
    drop_wire(why);
    detach();
}

bool SessionHost::Engine::give(FixOutHead head, std::string_view bytes) {
    head.msg_seq_num = store_.index().next_sender();
    if (!store_.append(head, bytes)) {
        drop_wire("the journal has failed");
        return false;
    }
    if (wire_ == nullptr || !session_.isLoggedOn() || session_.sentLogout()) {
        return true;  // stored: the peer gets it by resend
    }
    if (resend_next_ != 0) {
        resend_last_ = head.msg_seq_num;  // behind the resend that is under way, in its turn
        return true;
    }
    ++sent_;
    wire_->send(bytes, store_.index().last_out_seq());
    return true;
}

HostStatus SessionHost::Engine::status() {
    HostStatus status;
    status.logged_on = session_.isLoggedOn();
    status.connected = wire_ != nullptr;
    status.failed = store_.failed();
    status.next_sender = store_.index().next_sender();
    status.next_target = store_.index().next_target();
    status.heart_bt_int = session_.getHeartBtInt();
    status.queued = ahead_.size();
    status.received = received_;
    status.received_fast = received_fast_;
    status.sent = sent_;
    return status;
}

SessionHost::SessionHost(HostSettings settings,
                         Dictionaries& dictionaries,
                         journal::LogWriter& log,
                         Clock& clock,
                         StoreIndex index,
                         HostOwner& owner)
    : engine_(std::make_unique<Engine>(
          std::move(settings), dictionaries, log, clock, std::move(index), owner)) {}
SessionHost::~SessionHost() = default;

void SessionHost::attach(Wire& wire) {
    engine_->attach(wire);
}
void SessionHost::detach() {
    engine_->detach();
}
bool SessionHost::is_attached() const {
    return engine_->wire_ != nullptr;
}
bool SessionHost::receive_fast(std::string_view frame) {
    return engine_->receive_fast(frame);
}
void SessionHost::receive(std::string_view frame) {
    engine_->receive(frame);
}
void SessionHost::refuse_unscreened(std::string_view frame,
                                    std::string_view ref_tag,
                                    std::string_view text) {
    engine_->refuse_unscreened(frame, ref_tag, text);
}
void SessionHost::receive_busy(std::string_view frame, std::string_view text) {
    engine_->receive_busy(frame, text);
}
void SessionHost::tick() {
    engine_->tick();
}
void SessionHost::poll() {
    engine_->poll();
}
bool SessionHost::has_work() const {
    return engine_->has_work();
}
void SessionHost::logout(std::string_view text) {
    engine_->logout(text);
}
void SessionHost::hang_up(std::string_view why) {
    engine_->hang_up(why);
}
std::uint32_t SessionHost::next_sender() const {
    return engine_->store_.index().next_sender();
}
std::uint32_t SessionHost::next_target() const {
    return engine_->store_.index().next_target();
}
bool SessionHost::give(FixOutHead head, std::string_view bytes) {
    return engine_->give(head, bytes);
}
void SessionHost::supersede_sent() {
    engine_->store_.supersede_sent();
}
bool SessionHost::is_logged_on() const {
    return engine_->session_.isLoggedOn();
}
bool SessionHost::is_initiator() const {
    return engine_->settings_.heart_bt_int != 0;
}
HostStatus SessionHost::status() const {
    return engine_->status();
}
const StoreIndex& SessionHost::index() const {
    return engine_->store_.index();
}
bool SessionHost::set_numbers(std::uint32_t next_sender,
                              std::uint32_t next_target,
                              SeqReason reason) {
    try {
        engine_->store_.set_numbers(next_sender, next_target, reason);
    } catch (const FIX::IOException&) {
        return false;
    }
    return true;
}

}  // namespace sluice::engine
