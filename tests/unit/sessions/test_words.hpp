// Order words that are just enough for tests of the sessions: what the codec does with them is
// tested there.
#pragma once

#include <algorithm>
#include <string>

#include "gateway/domain/names.hpp"
#include "sessions/engine/raw_message.hpp"
#include "sessions/utc_text.hpp"
#include "sessions/words.hpp"

namespace sluice::test {

inline std::string message_of(const OutgoingHeader& header,
                              std::string_view type,
                              const std::string& fields) {
    std::string body = "35=" + std::string(type) + "|34=" + std::to_string(header.msg_seq_num) +
                       "|49=" + std::string(header.sender_comp_id) +
                       "|52=" + utc_text(header.sending_time) +
                       "|56=" + std::string(header.target_comp_id) + "|" + fields;
    for (char& c : body) {
        c = c == '|' ? '\x01' : c;
    }
    return engine::framed(header.begin_string, body);
}

class TestClientWords final : public ClientWords {
public:
    Command decode(std::string_view message) override {
        Command command;
        const std::string_view type = engine::field_of(message, 35);
        command.kind = type == "D"   ? CommandKind::NewOrder
                       : type == "F" ? CommandKind::Cancel
                                     : CommandKind::Unsupported;
        command.msg_type.assign_prefix(type);
        command.cl_ord_id.assign_prefix(engine::field_of(message, 11));
        return command;
    }
    // ListID(66) "L1/L2": one order for each name.
    void decode_list(std::string_view message, std::vector<Command>& out) override {
        std::string_view names = engine::field_of(message, 66);
        const bool poss_dup = engine::field_of(message, 43) == "Y";
        do {
            Command command;
            command.kind = CommandKind::NewOrder;
            command.cl_ord_id.assign_prefix(names.substr(0, names.find('/')));
            command.flags = poss_dup ? command_flag::kPossDup : std::uint16_t{0};
            out.push_back(command);
            names.remove_prefix(std::min(names.size(), command.cl_ord_id.size() + 1));
        } while (!names.empty());
    }
    std::string_view encode(const Report& report, const OutgoingHeader& header) override {
        const std::string time = utc_text(header.sending_time);
        text_ = message_of(
            header, "8",
            "37=G1-1|11=" + std::string(report.cl_ord_id.view()) + "|17=G1-E" +
                std::to_string(report.cause) +
                "|20=0|150=0|39=0|55=ACME|54=1|38=100|40=2|44=10|32=0|31=0|151=100|14=0|6=0|60=" +
                time + "|");
        return text_;
    }

private:
    std::string text_;
};

class TestVenueWords final : public VenueWords {
public:
    std::string_view encode(const VenueRequest& request, const OutgoingHeader& header) override {
        const std::string time = utc_text(header.sending_time);
        const IdText id = venue_cl_ord_id_text(Instance("G"), request.order, request.version);
        const IdText orig =
            venue_cl_ord_id_text(Instance("G"), request.order, request.orig_version);
        const bool changes =
            request.kind == VenueRequestKind::Cancel || request.kind == VenueRequestKind::Replace;
        text_ = message_of(header,
                           std::string_view(&"?DFGH?"[static_cast<std::size_t>(request.kind)], 1),
                           "11=" + std::string(id.view()) +
                               (changes ? "|41=" + std::string(orig.view()) : std::string()) +
                               "|55=ACME|54=1|60=" + time + "|38=100|40=2|44=10|");
        return text_;
    }
    std::optional<VenueEvent> decode(std::string_view message, VenueId) override {
        if (engine::field_of(message, 35) != "8") {
            return std::nullopt;
        }
        VenueEvent event;
        event.kind = VenueEventKind::New;
        if (const auto name = parse_venue_cl_ord_id(Instance("G"), engine::field_of(message, 11))) {
            event.order = name->order;
            event.version = name->version;
        }
        return event;
    }

private:
    std::string text_;
};

}  // namespace sluice::test
