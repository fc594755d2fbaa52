#include "gateway/core/input_codec.hpp"

#include <cstring>

#include "gateway/orders/name_table.hpp"
#include "gateway/orders/order_table.hpp"

namespace sluice {

namespace {

using journal::RecordMeta;
using journal::RecordType;

// In the order of Event's alternatives.
constexpr std::array<RecordType, std::variant_size_v<Event>> kTypes = {
    RecordType::Command,     RecordType::VenueEvent,   RecordType::SessionEvent,
    RecordType::LimitChange, RecordType::KillChange,   RecordType::RefPrice,
    RecordType::DayRoll,     RecordType::Tick,         RecordType::Process,
    RecordType::OrderAction, RecordType::PhaseChange,  RecordType::StatusChange,
    RecordType::FxRate,      RecordType::PositionLoad, RecordType::OverrideTicket};

void name_order(RecordMeta& meta, const Order* order) {
    if (order != nullptr) {
        meta.order_id = order->id.value;
        meta.session = order->session.value;
        meta.account = order->account.value;
    }
}

void describe(RecordMeta& meta, const Core& core, const Command& command) {
    meta.session = command.session.value;
    const auto& id =
        command.kind == CommandKind::Status ? command.cl_ord_id : command.orig_cl_ord_id;
    const Order* order = id.empty() || command.kind == CommandKind::NewOrder
                             ? nullptr
                             : core.orders().find(command.session, id);
    const auto account = core.names().accounts.find(command.account.view());
    meta.account = account == kNoIndex ? 0 : account;
    name_order(meta, order);
}
void describe(RecordMeta& meta, const Core& core, const VenueEvent& event) {
    meta.order_id = event.order.value;
    name_order(meta, core.orders().find(event.order));
}
void describe(RecordMeta& meta, const Core& core, const OrderAction& action) {
    meta.order_id = action.order.value;
    name_order(meta, core.orders().find(action.order));
}
void describe(RecordMeta& meta, const Core&, const SessionEvent& event) {
    meta.session = event.session.value;
}
template <class T>
void describe(RecordMeta&, const Core&, const T&) {}

template <class T>
Result<Event, std::string> decode_as(const journal::Frame& frame) {
    const auto where = [&] {
        return "record " + std::to_string(frame.seq) + " " +
               std::string(journal::name(frame.meta.type));
    };
    if (frame.meta.schema != kInputSchema) {
        return Result<Event, std::string>::failure(where() + ": schema " +
                                                   std::to_string(frame.meta.schema) +
                                                   ", expected " + std::to_string(kInputSchema));
    }
    const auto value = frame.head<T>();
    if (!value || frame.payload.size() != journaled_bytes(*value)) {
        return Result<Event, std::string>::failure(
            where() + ": payload of " + std::to_string(frame.payload.size()) + " bytes, expected " +
            std::to_string(value ? journaled_bytes(*value) : fixed_bytes<T>()));
    }
    return Event(*value);
}

template <std::size_t I = 0>
Result<Event, std::string> decode_alternative(const journal::Frame& frame) {
    if constexpr (I < std::variant_size_v<Event>) {
        return frame.meta.type == kTypes[I] ? decode_as<std::variant_alternative_t<I, Event>>(frame)
                                            : decode_alternative<I + 1>(frame);
    } else {
        return Result<Event, std::string>::failure("record " + std::to_string(frame.seq) +
                                                   " is no input");
    }
}

}  // namespace

bool is_event(RecordType type) {
    for (const auto known : kTypes) {
        if (known == type) {
            return true;
        }
    }
    return false;
}

RecordType record_type(const Event& event) {
    return kTypes[event.index()];
}

RecordMeta record_meta(const Event& event, const Core& core, UtcNanos time) {
    RecordMeta meta;
    meta.type = record_type(event);
    meta.schema = kInputSchema;
    meta.t_utc_ns = time.value;
    std::visit([&](const auto& input) { describe(meta, core, input); }, event);
    return meta;
}

std::span<const std::byte> payload_of(const Event& event) {
    return std::visit(
        [](const auto& input) { return bytes_of(input).first(journaled_bytes(input)); }, event);
}

Result<Event, std::string> decode_event(const journal::Frame& frame) {
    return decode_alternative(frame);
}

}  // namespace sluice
