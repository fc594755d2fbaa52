#include "tests/scenarios/test_house.hpp"

#include "gateway/core/input_codec.hpp"
#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_state.hpp"
#include "gateway/orders/order_table.hpp"
#include "gateway/risk/risk_engine.hpp"
#include "sessions/codec/reject_codes.hpp"
#include "sessions/codec/utc_time.hpp"

namespace sluice::test {

namespace {

Decimal decimal(std::string_view text) {
    const auto parsed = Decimal::parse(text);
    GW_CHECK(parsed.ok());
    return parsed.value();
}

std::string one(char c) {
    return {c};
}

void set_extras(FixText& out, const Extras& extras) {
    std::string_view rest = extras.view();
    while (!rest.empty()) {
        const auto end = rest.find('\x01');
        const auto field = rest.substr(0, end);
        out.set(std::string(field.substr(0, field.find('='))),
                std::string(field.substr(field.find('=') + 1)));
        rest.remove_prefix(end + 1);
    }
}

// A UTCTimestamp, or seconds since 1970.
UtcNanos expire_time(const std::string& text) {
    const auto parsed = codec::parse_utc(text);
    return parsed ? *parsed : UtcNanos{std::stoll(text) * kNanosPerSecond};
}

void append_extra(Extras& extras, const FixText& text, const char* tag) {
    if (text.has(tag)) {
        GW_CHECK(extras.append(tag + ("=" + text.get(tag)) + "\x01"));
    }
}

void set_many(FixText& out, const Report& report) {
    if (report.kind == ReportKind::MassCancel) {
        out.set("35", "r");
        out.set("530", one(report.mass_type));
        out.set("531", report.reason == RejectReason::None ? one(report.mass_type) : "0");
        out.set("533", std::to_string(report.total));
    } else {
        out.set("35", "N");
        out.set("66", std::string(report.request_id.view()));
        out.set("82", std::to_string(report.total));
        out.set("83", std::to_string(report.index));
        out.set("39", one(static_cast<char>(report.ord_status)));
    }
}

void set_terms(FixText& out, const Report& report) {
    if (report.has(report_flag::kHasStopPx)) {
        out.set("99", report.stop_px.to_string());
    }
    if (report.has(report_flag::kHasMaxFloor)) {
        out.set("111", report.max_floor.to_string());
    }
    if (report.has(report_flag::kHasDay)) {
        out.set("424", report.day_order_qty.to_string());
        out.set("425", report.day_cum_qty.to_string());
        out.set("426", report.day_avg_px.to_string());
    }
    if (report.has(report_flag::kMassStatus)) {
        out.set("584", std::string(report.request_id.view()));
        out.set("911", std::to_string(report.total));
        if (report.has(report_flag::kLast)) {
            out.set("912", "Y");
        }
    } else if (!report.request_id.empty()) {
        out.set("790", std::string(report.request_id.view()));
    }
    if (report.has(report_flag::kDropCopy)) {
        out.set("797", "Y");
    }
    set_extras(out, report.extras);
}

FixText text_of(const Report& report) {
    FixText out;
    out.set("11", std::string(report.cl_ord_id.view()));
    if (report.reason != RejectReason::None) {
        out.set("why", std::string(code(report.reason)));
    }
    if (!report.text.empty()) {
        out.set("58", std::string(report.text.view()));
    }
    out.set("to", std::to_string(report.session.value));
    if (report.kind == ReportKind::MassCancel || report.kind == ReportKind::ListStatus) {
        set_many(out, report);
        return out;
    }
    if (report.kind == ReportKind::BusinessReject) {
        out.set("35", "j");
        out.set("372", std::string(report.ref_msg_type.view()));
        out.set("45", std::to_string(report.ref_seq_num));
        return out;
    }
    out.set("37",
            report.order.value == 0 ? "NONE" : std::to_string(counter_of(report.order.value)));
    out.set("39", one(static_cast<char>(report.ord_status)));
    if (!report.orig_cl_ord_id.empty()) {
        out.set("41", std::string(report.orig_cl_ord_id.view()));
    }
    if (report.kind == ReportKind::CancelReject) {
        out.set("35", "9");
        out.set("434", one(static_cast<char>(report.response_to)));
        out.set("102", std::to_string(codec::cxl_rej_reason(report.reason, FixVersion::Fix44)));
        return out;
    }
    out.set("35", "8");
    out.set("17", std::to_string(report.exec.value));
    out.set("150", one(static_cast<char>(report.exec_type)));
    out.set("38", report.order_qty.to_string());
    out.set("14", report.cum_qty.to_string());
    out.set("151", report.leaves_qty.to_string());
    out.set("6", report.avg_px.to_string());
    out.set("1", std::string(report.account.view()));
    out.set("55", std::string(report.symbol.view()));
    out.set("54", one(static_cast<char>(report.side)));
    out.set("59", one(static_cast<char>(report.time_in_force)));
    if (report.has(report_flag::kHasPrice)) {
        out.set("44", report.price.to_string());
    }
    if (report.has(report_flag::kHasLast)) {
        out.set("32", report.last_qty.to_string());
        out.set("31", report.last_px.to_string());
    }
    if (report.reason != RejectReason::None) {
        out.set("103", std::to_string(codec::ord_rej_reason(report.reason, FixVersion::Fix44)));
    }
    if (report.has(report_flag::kUnsolicited)) {
        out.set("378", std::to_string(report.restatement_reason));
    }
    if (report.ref_exec.value != 0) {
        out.set("19", std::to_string(report.ref_exec.value));
    }
    set_terms(out, report);
    return out;
}

VenueEventKind kind_of(const FixText& text) {
    if (text.get("35") == "9") {
        return text.get("434") == "2" ? VenueEventKind::ReplaceRejected
                                      : VenueEventKind::CancelRejected;
    }
    static const std::map<std::string, VenueEventKind> kKinds = {
        {"0", VenueEventKind::New},          {"3", VenueEventKind::DoneForDay},
        {"4", VenueEventKind::Canceled},     {"5", VenueEventKind::Replaced},
        {"7", VenueEventKind::Stopped},      {"8", VenueEventKind::Rejected},
        {"9", VenueEventKind::Suspended},    {"I", VenueEventKind::OrderStatus},
        {"L", VenueEventKind::Triggered},    {"C", VenueEventKind::Expired},
        {"D", VenueEventKind::Restated},     {"F", VenueEventKind::Fill},
        {"G", VenueEventKind::TradeCorrect}, {"H", VenueEventKind::TradeCancel},
        {"A", VenueEventKind::PendingNew}};
    return kKinds.at(text.get("150"));
}

}  // namespace

CoreConfig house_config() {
    CoreConfig config;
    config.two_person = false;
    config.max_orders = 4096;
    config.firm[LimitKey::MaxOrderQty] = LimitValue::unlimited();
    config.firm[LimitKey::MaxOrderNotional] = LimitValue::unlimited();
    auto& account = config.accounts.emplace_back();
    account.id = "ACC1";
    account.currency = "USD";
    for (const char* id : {"S1", "S2"}) {
        auto& session = config.sessions.emplace_back();
        session.id = id;
        session.accounts = {"ACC1"};
        session.default_account = "ACC1";
    }
    for (const char* symbol : {"ACME", "XYZ"}) {
        auto& instrument = config.instruments.emplace_back();
        instrument.symbol = symbol;
        instrument.currency = "USD";
    }
    config.venues.emplace_back().id = "SIM";
    config.venues.back().max_in_flight = 64;
    config.routes.emplace_back().venues = {"SIM"};
    return config;
}

Command command_of(const FixText& text) {
    Command command;
    command.msg_type = Text<4>(text.get("35"));
    static const std::map<std::string, CommandKind> kKinds = {
        {"D", CommandKind::NewOrder},    {"F", CommandKind::Cancel},
        {"G", CommandKind::Replace},     {"H", CommandKind::Status},
        {"E", CommandKind::NewOrder},    {"q", CommandKind::MassCancel},
        {"AF", CommandKind::MassStatus}, {"Q", CommandKind::DontKnow}};
    const auto kind = kKinds.find(text.get("35"));
    command.kind = kind == kKinds.end() ? CommandKind::Unsupported : kind->second;
    command.cl_ord_id = ClOrdId(text.get("11"));
    command.orig_cl_ord_id = ClOrdId(text.get(command.kind == CommandKind::DontKnow ? "37" : "41"));
    command.account = AccountName(text.get("1"));
    const bool mass =
        command.kind == CommandKind::MassCancel || command.kind == CommandKind::MassStatus;
    command.symbol = SymbolName(text.has("55") || mass ? text.get("55") : "ACME");
    command.ex_destination = DestinationName(text.get("100"));
    command.side = static_cast<Side>(text.has("54") ? text.get("54")[0] : mass ? '\0' : '1');
    command.ord_type = static_cast<OrdType>(text.has("40")   ? text.get("40")[0]
                                            : text.has("44") ? '2'
                                                             : '1');
    command.time_in_force = static_cast<TimeInForce>(text.has("59") ? text.get("59")[0] : '0');
    if (text.has("38")) {
        command.order_qty = {decimal(text.get("38"))};
        command.flags |= command_flag::kHasOrderQty;
    }
    if (text.has("44")) {
        command.price = {decimal(text.get("44"))};
        command.flags |= command_flag::kHasPrice;
    }
    if (text.get("97") == "Y") {
        command.flags |= command_flag::kPossResend;
    }
    if (text.has("99")) {
        command.stop_px = {decimal(text.get("99"))};
        command.flags |= command_flag::kHasStopPx;
    }
    if (text.has("111")) {
        command.max_floor = {decimal(text.get("111"))};
        command.flags |= command_flag::kHasMaxFloor;
    }
    if (text.has("126")) {
        command.expire = expire_time(text.get("126"));
        command.flags |= command_flag::kHasExpire;
    }
    for (const char* tag : {"530", "585", "127"}) {
        command.mass_type = text.has(tag) ? text.get(tag)[0] : command.mass_type;
    }
    for (const char* tag : {"66", "584", "790", "17"}) {
        command.request_id = text.has(tag) ? ClOrdId(text.get(tag)) : command.request_id;
    }
    if (text.has("68")) {
        command.list_size = static_cast<std::uint16_t>(std::stoi(text.get("68")));
        command.list_index = static_cast<std::uint16_t>(std::stoi(text.get("67")));
    }
    for (const char* tag : {"18", "528", "5001"}) {
        append_extra(command.extras, text, tag);
    }
    return command;
}

TestHouse::TestHouse(const Adjust& adjust) : config_(house_config()) {
    if (adjust) {
        adjust(config_);
    }
    build();
    reconfigure({});
    ProcessStart start;
    start.epoch = ++epoch_;
    input(start);
    venue_session(true);
}

void TestHouse::build() {
    stage_.reset();
    wires_ = std::make_unique<Wires>();
    core_ = std::make_unique<Core>();
}

std::unique_ptr<CoreStage> TestHouse::make_stage() {
    return std::make_unique<CoreStage>(
        *core_, log_,
        CoreStage::Ports{{{VenueId{0}, Receiver(wires_->events), Sender(wires_->requests)}},
                         {{Receiver(wires_->commands), Receiver(wires_->session_events),
                           Sender(wires_->reports)}},
                         Receiver(wires_->admin),
                         Sender(wires_->replies),
                         {}},
        now_);
}

void TestHouse::reconfigure(const Adjust& adjust) {
    if (adjust) {
        adjust(config_);
    }
    const std::string document = "document " + std::to_string(documents_.size() + 1);
    documents_.emplace(document, config_);
    if (stage_ == nullptr) {
        stage_ = make_stage();
    }
    GW_CHECK(stage_->configure(document, config_));
}

Result<CoreConfig, std::string> TestHouse::parse(std::string_view document) const {
    const auto found = documents_.find(document);
    if (found == documents_.end()) {
        return Result<CoreConfig, std::string>::failure("no such document");
    }
    return found->second;
}

// As after kill -9: everything that was in the channels is gone, the journal is there.
void TestHouse::restart() {
    class Nobody final : public RecoverySink {
        void on_request(const VenueRequest&, bool) override {}
        void on_venue_event(const VenueEvent&) override {}
        void on_frame(const journal::Frame&) override {}
    } nobody;
    build();
    MemoryLogReader reader(log_);
    const auto recovered = recover_core(reader, *core_, parser(), nobody);
    GW_CHECK(recovered.ok() && recovered.value().epoch == epoch_);
    stage_ = make_stage();
    stage_->continue_from(recovered.value().last_time);
    for (const auto& decision : recovered.value().lost_decisions) {
        stage_->journal_again(decision);
    }
    for (const auto& request : recovered.value().lost_requests) {
        stage_->journal_again(request);
    }
    ProcessStart start;
    start.epoch = ++epoch_;
    input(start);
}

void TestHouse::poll() {
    for (std::size_t idle = 0; idle < 2;) {
        now_.utc = now_.utc + 1000;
        now_.mono_ns += 1000;
        idle = stage_->poll(16) == 0 ? idle + 1 : 0;
        collect();
        if (stage_->failed()) {
            return;
        }
    }
}

void TestHouse::client(std::string_view session, std::string_view text) {
    const FixText fields(text);
    Command command = command_of(fields);
    command.session = {core_->names().sessions.find(session)};
    // The cancels of a mass cancel are our own.
    newest_client_id_ = command.kind == CommandKind::MassCancel ? "" : fields.get("11");
    GW_CHECK(wires_->commands.try_send(command) == Sent::Ok);
    poll();
    newest_client_id_.clear();
}

void TestHouse::venue_event(VenueEvent event) {
    event.venue = {0};
    GW_CHECK(wires_->events.try_send(event) == Sent::Ok);
    poll();
}

void TestHouse::venue(std::string_view text) {
    const FixText fields(text);
    VenueEvent event;
    if (fields.get("11").starts_with('?')) {  // an order that is none of ours
        event.flags |= venue_event_flag::kUnknownOrder;
        event.symbol = SymbolName(fields.get("55"));
        event.side = fields.has("54") ? fields.get("54")[0] : '\0';
    } else {
        const Asked* answered = asked(fields.get("11"));
        GW_CHECK(answered != nullptr);
        event.order = answered->order;
        event.version = answered->version;
    }
    event.kind = kind_of(fields);
    event.venue_exec_id =
        ForeignId(fields.has("17") ? fields.get("17") : "V" + std::to_string(++venue_execs_));
    event.ref_exec_id = ForeignId(fields.get("19"));
    event.text = Prose(fields.get("58"));
    if (fields.has("32")) {
        event.last_qty = {decimal(fields.get("32"))};
        event.last_px = {decimal(fields.has("31") ? fields.get("31") : "10")};
    }
    if (fields.has("38")) {
        event.order_qty = {decimal(fields.get("38"))};
        event.flags |= venue_event_flag::kHasOrderQty;
    }
    if (fields.has("44")) {
        event.price = {decimal(fields.get("44"))};
        event.flags |= venue_event_flag::kHasPrice;
    }
    if (fields.has("151")) {
        event.leaves_qty = {decimal(fields.get("151"))};
        event.flags |= venue_event_flag::kHasLeavesQty;
    }
    if (fields.has("14")) {
        event.cum_qty = {decimal(fields.get("14"))};
        event.flags |= venue_event_flag::kHasCumQty;
    }
    if (fields.get("102") == "0") {
        event.flags |= venue_event_flag::kTooLate;
    }
    if (fields.has("39")) {
        event.ord_status = fields.get("39")[0];
    }
    if (fields.has("378")) {
        event.restatement_reason = static_cast<std::uint8_t>(std::stoi(fields.get("378")));
    }
    append_extra(event.extras, fields, "30");
    venue_event(event);
}

void TestHouse::venue_fills(const std::string& cl_ord_id, std::string_view qty_at_px) {
    const auto at = qty_at_px.find('@');
    venue("35=8|150=F|11=" + cl_ord_id + "|32=" + std::string(qty_at_px.substr(0, at)) +
          "|31=" + std::string(qty_at_px.substr(at + 1)));
}

void TestHouse::venue_session(bool up) {
    VenueEvent event;
    event.kind = up ? VenueEventKind::SessionUp : VenueEventKind::SessionDown;
    venue_event(event);
}

void TestHouse::client_session(std::string_view session,
                               SessionEvent::Kind kind,
                               SessionEvent::CancelWish wish) {
    SessionEvent event;
    event.session = {core_->names().sessions.find(session)};
    event.kind = kind;
    event.cancel_on_disconnect = wish;
    GW_CHECK(wires_->session_events.try_send(event) == Sent::Ok);
    poll();
}

void TestHouse::pass(std::int64_t seconds) {
    now_.utc = now_.utc + seconds * kNanosPerSecond;
    now_.mono_ns += seconds * kNanosPerSecond;
    poll();
}

void TestHouse::order_action(const std::string& cl_ord_id,
                             OrderAction::Kind kind,
                             std::string_view qty_at_px) {
    OrderAction action;
    action.order = order(cl_ord_id) == nullptr ? OrderId{} : order(cl_ord_id)->id;
    action.kind = kind;
    action.who = Name("operator");
    action.reason = Prose("test");
    if (const auto at = qty_at_px.find('@'); at != std::string_view::npos) {
        action.qty = {decimal(qty_at_px.substr(0, at))};
        action.price = {decimal(qty_at_px.substr(at + 1))};
    }
    admin(action);
}

void TestHouse::admin(const Event& event) {
    GW_CHECK(wires_->admin.try_send(event) == Sent::Ok);
    poll();
}

void TestHouse::kill(ScopeKind scope, std::string_view name, KillChange::Action action) {
    KillChange change;
    change.scope = scope;
    change.scope_name = Name(name);
    change.action = action;
    change.who = Name("operator");
    admin(change);
}

void TestHouse::set_limit(ScopeKind scope,
                          std::string_view name,
                          LimitKey key,
                          std::string_view value) {
    LimitChange change;
    change.scope = scope;
    change.scope_name = Name(name);
    change.key = key;
    change.value = decimal(value);
    change.state = LimitValue::State::Number;
    admin(change);
}

void TestHouse::input(const Event& event) {
    GW_CHECK(stage_->take(event));
    collect();
}

void TestHouse::collect() {
    Receiver<Report> reports(wires_->reports);
    while (const auto report = reports.try_receive()) {
        judge_.hear(*report);
        reports_.push_back(text_of(*report));
    }
    Receiver<VenueRequest> requests(wires_->requests);
    while (const auto request = requests.try_receive()) {
        remember(*request);
    }
    Receiver<AdminReply> replies(wires_->replies);
    while (const auto reply = replies.try_receive()) {
        replies_.push_back(*reply);
    }
}

void TestHouse::remember(const VenueRequest& request) {
    const std::string id = name_of(request);
    if (request.kind != VenueRequestKind::Status && request.kind != VenueRequestKind::MassStatus) {
        asked_[id] = {request.order, request.version};
    }
    FixText text;
    static constexpr std::array<const char*, 6> kTypes = {"?", "D", "F", "G", "H", "AF"};
    text.set("35", kTypes[static_cast<std::size_t>(request.kind)]);
    text.set("11", id);
    text.set("38", request.order_qty.to_string());
    text.set("55", std::string(request.symbol.view()));
    text.set("54", one(static_cast<char>(request.side)));
    text.set("40", one(static_cast<char>(request.ord_type)));
    text.set("59", one(static_cast<char>(request.time_in_force)));
    if (request.kind == VenueRequestKind::Cancel || request.kind == VenueRequestKind::Replace) {
        text.set("41", asked_name(request.order, request.orig_version));
    }
    if ((request.flags & command_flag::kHasPrice) != 0) {
        text.set("44", request.price.to_string());
    }
    if (request.has(command_flag::kHasStopPx)) {
        text.set("99", request.stop_px.to_string());
    }
    if (request.has(command_flag::kHasExpire)) {
        text.set("126", std::to_string(request.expire.value / kNanosPerSecond));
    }
    if (request.has(command_flag::kHasMaxFloor)) {
        text.set("111", request.max_floor.to_string());
    }
    if (request.has(command_flag::kPossResend)) {
        text.set("97", "Y");
    }
    if (request.has(command_flag::kMayHold)) {
        text.set("hold", "Y");
    }
    set_extras(text, request.extras);
    text.set("version", std::to_string(request.version));
    text.set("orig", std::to_string(request.orig_version));
    requests_.push_back(text);
}

// The client's ClOrdID(11) of a request that was made before, or is made now; our own cancels are
// KILL1, KILL2, ...
std::string TestHouse::name_of(const VenueRequest& request) {
    if (request.kind == VenueRequestKind::Status || request.kind == VenueRequestKind::MassStatus ||
        request.has(command_flag::kPossResend)) {
        const auto version =
            request.kind == VenueRequestKind::Status ? request.orig_version : request.version;
        const std::string known = asked_name(request.order, version);
        return known.empty() ? "ALL" : known;
    }
    return newest_client_id_.empty() ? "KILL" + std::to_string(++own_cancels_) : newest_client_id_;
}

// Empty when no such request was made.
std::string TestHouse::asked_name(OrderId order, std::uint32_t version) const {
    for (const auto& [id, asked] : asked_) {
        if (asked.order == order && asked.version == version) {
            return id;
        }
    }
    return {};
}

FixText TestHouse::take(std::deque<FixText>& from) {
    if (from.empty()) {
        return {};
    }
    FixText first = from.front();
    from.pop_front();
    return first;
}

AdminReply TestHouse::next_reply() {
    GW_CHECK(!replies_.empty());
    const AdminReply first = replies_.front();
    replies_.pop_front();
    return first;
}

void TestHouse::forget_outputs() {
    reports_.clear();
    requests_.clear();
    replies_.clear();
}

const TestHouse::Asked* TestHouse::asked(const std::string& cl_ord_id) const {
    const auto found = asked_.find(cl_ord_id);
    return found == asked_.end() ? nullptr : &found->second;
}

const Order* TestHouse::order(const std::string& cl_ord_id) const {
    return core_->orders().find({core_->names().sessions.find("S1")}, ClOrdId(cl_ord_id));
}

std::string TestHouse::defects() {
    if (!judge_.verdict().empty()) {
        return "report: " + judge_.verdict();
    }
    if (const auto broken = core_->risk().audit()) {
        return "risk: " + *broken;
    }
    Core again;
    Verifier verifier(again, parser());
    for (std::size_t i = 0; i < log_.records.size(); ++i) {
        if (!verifier.feed(log_.frame(i))) {
            break;
        }
    }
    verifier.finish();
    if (!verifier.ok()) {
        return "replay: " + verifier.mismatches().front().words;
    }
    return again.digest() == core_->digest() ? "" : "replay: the state differs";
}

}  // namespace sluice::test
