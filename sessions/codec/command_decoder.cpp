#include "sessions/codec/command_decoder.hpp"

#include "sessions/codec/command_fields.hpp"
#include "sessions/codec/field_reader.hpp"

namespace sluice::codec {
namespace {

CommandKind kind_of(std::string_view msg_type, FixVersion version) {
    if (msg_type.size() == 1) {
        switch (msg_type.front()) {
            case 'D':
                return CommandKind::NewOrder;
            case 'F':
                return CommandKind::Cancel;
            case 'G':
                return CommandKind::Replace;
            case 'H':
                return CommandKind::Status;
            case 'Q':
                return CommandKind::DontKnow;
            case 'q':
                return version == FixVersion::Fix42 ? CommandKind::Unsupported
                                                    : CommandKind::MassCancel;
            default:
                break;
        }
    }
    return msg_type == "AF" && version != FixVersion::Fix42 ? CommandKind::MassStatus
                                                            : CommandKind::Unsupported;
}

}  // namespace

void decode_command(std::string_view frame,
                    FixVersion version,
                    SessionId session,
                    std::uint64_t fix_in_seq,
                    Command& out) {
    const std::string_view msg_type = msg_type_of(frame);
    out = Command{};
    out.session = session;
    out.fix_in_seq = fix_in_seq;
    out.kind = kind_of(msg_type, version);
    out.msg_type.assign_prefix(msg_type);

    CommandFields fields(out);
    FieldReader reader(frame);
    Field field;
    while (reader.next(field)) {
        fields.take(field);
    }
    if (reader.is_broken()) {
        fields.broken(reader.offset());
    }
    fields.finish();
}

}  // namespace sluice::codec
