// Everything that reads bytes in sessions/codec, with hostile bytes: no read outside the message,
// and what is read must hold together. What a FIX version of the session is comes from the first
// byte.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/check.hpp"
#include "sessions/codec/command_decoder.hpp"
#include "sessions/codec/describe.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/message_writer.hpp"
#include "sessions/codec/report_encoder.hpp"
#include "sessions/codec/utc_time.hpp"
#include "sessions/codec/venue_decoder.hpp"
#include "sessions/codec/venue_encoder.hpp"

namespace {

using namespace sluice;

constexpr std::array kVersions{FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2};

bool within(std::string_view inner, std::string_view outer) {
    return inner.data() >= outer.data() &&
           inner.data() + inner.size() <= outer.data() + outer.size();
}

// Each field stands directly behind the one before it and ends with SOH.
void check_fields(std::string_view frame) {
    codec::FieldReader reader(frame);
    codec::Field field;
    std::size_t end = 0;
    while (reader.next(field)) {
        GW_CHECK(field.tag > 0);
        GW_CHECK(within(field.value, frame));
        GW_CHECK(reader.offset() > end && reader.offset() <= frame.size());
        GW_CHECK(frame[end] >= '1' && frame[end] <= '9');
        GW_CHECK(frame[reader.offset() - 1] == codec::kSoh);
        GW_CHECK(codec::length_tag_of(field.tag) != 0 ||
                 field.value.find(codec::kSoh) == std::string_view::npos);
        end = reader.offset();
    }
    GW_CHECK(reader.offset() == end);
    GW_CHECK(reader.is_broken() == (end != frame.size()));
    const auto body = codec::body_of(frame);
    GW_CHECK(body.empty() || within(body, frame));
}

// Whole fields, each written once into a message of any version.
void check_extras(const Extras& extras) {
    codec::FieldReader fields(extras.view());
    codec::Field field;
    while (fields.next(field)) {
    }
    GW_CHECK(!fields.is_broken());
    Report report;
    report.extras = extras;
    VenueRequest request;
    request.symbol = SymbolName("S");
    request.side = Side::Buy;
    request.ord_type = OrdType::Market;
    request.extras = extras;
    for (const FixVersion version : kVersions) {
        codec::ReportEncoder reports(version, Instance("G"));
        codec::FieldReader told(reports.encode(report, {"G", "C", 1, UtcNanos{}}));
        codec::VenueEncoder requests(version, Instance("G"));
        codec::FieldReader asked(requests.encode(request, {"G", "V", 1, UtcNanos{}}));
        while (told.next(field) || asked.next(field)) {
        }
        GW_CHECK(!told.is_broken() && !asked.is_broken());
    }
}

// A command that may be taken says nothing that the core does not know; its refusal can be written.
void check_command(std::string_view frame, FixVersion version) {
    Command command;
    codec::decode_command(frame, version, SessionId{1}, 2, command);
    GW_CHECK(command.session == SessionId{1} && command.fix_in_seq == 2);
    GW_CHECK(command.has(command_flag::kHasOrderQty) || command.order_qty.is_zero());
    GW_CHECK(command.order_qty.units() >= 0 && command.max_floor.units() >= 0);
    check_extras(command.extras);
    const bool order =
        command.kind == CommandKind::NewOrder || command.kind == CommandKind::Replace;
    if (order && command.defect.empty()) {
        const auto side = static_cast<char>(command.side);
        const auto type = static_cast<char>(command.ord_type);
        GW_CHECK(side == 0 || std::string_view("1256").find(side) != std::string_view::npos);
        GW_CHECK(type == 0 || (type >= '1' && type <= '4'));
    }

    Report refusal;
    refusal.cl_ord_id = command.cl_ord_id;
    refusal.symbol = command.symbol;
    refusal.text = command.defect;
    refusal.reason = RejectReason::InvalidField;
    refusal.exec_type = ExecType::Rejected;
    refusal.ord_status = OrdStatus::Rejected;
    codec::ReportEncoder encoder(version, Instance("G"));
    const std::string_view report = encoder.encode(refusal, {"G", "C", 1, UtcNanos{}});
    std::size_t texts = 0;
    codec::FieldReader reader(report);
    codec::Field field;
    while (reader.next(field)) {
        texts += field.tag == 58 ? 1 : 0;
    }
    GW_CHECK(!reader.is_broken() && texts == (command.defect.empty() ? 0U : 1U));
}

// The commands of a list belong together; only the last one ends it.
void check_list(std::string_view frame, FixVersion version) {
    std::vector<Command> commands;
    codec::decode_list(frame, version, SessionId{1}, 2, commands);
    GW_CHECK(!commands.empty() && commands.size() <= codec::kListOrdersMax);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const Command& command = commands[i];
        const bool is_list = command.kind == CommandKind::NewOrder;
        GW_CHECK(is_list || (commands.size() == 1 && !command.defect.empty()));
        GW_CHECK(!is_list || (command.list_index == i + 1 && command.list_size == commands.size()));
        GW_CHECK(command.has(command_flag::kMoreFollow) == (i + 1 < commands.size()));
        check_extras(command.extras);
    }
}

void check_venue(std::string_view frame, FixVersion version) {
    VenueEvent event;
    const auto word = codec::decode_venue(frame, version, VenueId{3}, Instance("G"), event);
    GW_CHECK(event.venue == VenueId{3});
    GW_CHECK(word != codec::VenueWord::Unusable || !event.text.empty());
    if (word == codec::VenueWord::Event) {
        const bool unknown = event.has(venue_event_flag::kUnknownOrder);
        GW_CHECK(!unknown || (event.order == OrderId{} && event.version == 0));
        GW_CHECK(event.last_qty.units() >= 0);
    }
    check_extras(event.extras);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::unique_ptr<char[]> exact(new char[size]);
    std::string_view(reinterpret_cast<const char*>(data), size).copy(exact.get(), size);
    const std::string_view input(exact.get(), size);

    check_fields(input);
    for (const FixVersion version : kVersions) {
        check_command(input, version);
        check_venue(input, version);
        check_list(input, version);
    }
    (void)codec::parse_utc(input);
    (void)codec::parse_utc_date(input);
    for (const auto& message : codec::describe(input)) {
        GW_CHECK(!message.fields.empty());
        (void)codec::table_of(message);
    }
    (void)codec::one_line(input);
    return 0;
}
