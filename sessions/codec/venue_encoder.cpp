#include "sessions/codec/venue_encoder.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/domain/command.hpp"
#include "sessions/codec/extras.hpp"
#include "sessions/codec/tags.hpp"
#include "sessions/codec/terms.hpp"

namespace sluice::codec {
namespace {

std::string_view msg_type_of(VenueRequestKind kind) {
    switch (kind) {
        case VenueRequestKind::New:
            return "D";
        case VenueRequestKind::Cancel:
            return "F";
        case VenueRequestKind::Replace:
            return "G";
        case VenueRequestKind::Status:
            return "H";
        case VenueRequestKind::MassStatus:
            return "AF";
    }
    return "H";
}

}  // namespace

VenueEncoder::VenueEncoder(FixVersion version,
                           const Instance& instance,
                           int sending_digits,
                           int transact_digits)
    : version_(version),
      instance_(instance),
      transact_digits_(transact_digits),
      writer_(version, sending_digits) {}

std::string_view VenueEncoder::encode(const VenueRequest& request,
                                      const Header& header,
                                      std::span<const std::uint32_t> custom_tags) {
    Header marked = header;
    marked.poss_resend = request.has(command_flag::kPossResend);
    writer_.begin(msg_type_of(request.kind), marked);
    if (request.kind == VenueRequestKind::MassStatus) {
        mass_status(request);
        return writer_.finish();
    }
    ids(request);
    writer_.text_if<tag::Account>(request.account.view());
    const bool entry =
        request.kind == VenueRequestKind::New || request.kind == VenueRequestKind::Replace;
    if (entry && version_ == FixVersion::Fix42 && !holds_extra(request.extras, tag::HandlInst)) {
        writer_.character<tag::HandlInst>('1');  // automated, no intervention; required here only
    }
    if (entry) {
        writer_.text_if<tag::ExDestination>(request.ex_destination.view());
    }
    writer_.text<tag::Symbol>(request.symbol.view());
    writer_.character<tag::Side>(static_cast<char>(request.side));
    if (request.kind != VenueRequestKind::Status) {
        writer_.time<tag::TransactTime>(request.time, transact_digits_);
        writer_.decimal<tag::OrderQty>(request.order_qty.decimal);
    }
    if (entry) {
        order(request);
        write_extras(request.extras, version_, ExtrasInto::Request, custom_tags, writer_);
    }
    return writer_.finish();
}

// Named after the input that caused it, so each question has a name of its own.
void VenueEncoder::mass_status(const VenueRequest& request) {
    std::array<char, 32> id{};
    char* at = std::copy(instance_.view().begin(), instance_.view().end(), id.data());
    at = std::copy_n("-M", 2, at);
    at = std::to_chars(at, id.data() + id.size(), request.cause).ptr;
    writer_.text<tag::MassStatusReqID>({id.data(), static_cast<std::size_t>(at - id.data())});
    writer_.character<tag::MassStatusReqType>('7');  // all orders
}

void VenueEncoder::ids(const VenueRequest& request) {
    const bool names_order = request.kind == VenueRequestKind::Status;
    const std::uint32_t version = names_order ? request.orig_version : request.version;
    writer_.text<tag::ClOrdID>(venue_cl_ord_id_text(instance_, request.order, version).view());
    if (request.kind == VenueRequestKind::New) {
        return;
    }
    if (!names_order) {
        writer_.text<tag::OrigClOrdID>(
            venue_cl_ord_id_text(instance_, request.order, request.orig_version).view());
    }
    writer_.text_if<tag::OrderID>(request.venue_order_id.view());
}

void VenueEncoder::order(const VenueRequest& request) {
    writer_.character<tag::OrdType>(static_cast<char>(request.ord_type));
    if (request.has(command_flag::kHasPrice)) {
        writer_.decimal<tag::Price>(request.price.decimal);
    }
    if (request.has(command_flag::kHasStopPx)) {
        writer_.decimal<tag::StopPx>(request.stop_px.decimal);
    }
    writer_.character<tag::TimeInForce>(static_cast<char>(request.time_in_force));
    if (request.has(command_flag::kHasMaxFloor)) {
        write_max_floor(request.max_floor, version_, writer_);
    }
    if (request.has(command_flag::kHasExpire)) {
        write_expire(request.expire, request.has(command_flag::kExpireIsDate), writer_);
    }
}

}  // namespace sluice::codec
