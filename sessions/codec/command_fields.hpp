// CommandFields: puts the fields of one request into a Command, in the order of the message. The
// first trouble is kept as Command::defect. What each kind of request is judged by is said in
// command_decoder.hpp. Inside the codec.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/domain/command.hpp"
#include "sessions/codec/extras.hpp"
#include "sessions/codec/field_reader.hpp"

namespace sluice::codec {

class CommandFields {
public:
    explicit CommandFields(Command& out);

    // By Command::kind; those of the header, too.
    void take(const Field& field);
    void broken(std::size_t offset);
    // Behind the last field: what can only be judged together.
    void finish();

    // Only those of the header.
    void take_header(const Field& field);

private:
    // Bits of what was seen, to know a tag that comes twice.
    enum Seen : std::uint16_t {
        kClOrdId = 1,
        kOrigClOrdId = 2,
        kAccount = 4,
        kSymbol = 8,
        kExDestination = 16,
        kSide = 32,
        kOrderQty = 64,
        kPrice = 128,
        kStopPx = 256,
        kOrdType = 512,
        kTimeInForce = 1024,
        kMaxFloor = 2048,
        kExpire = 4096,
        kRequestId = 8192,
        kLocateReqd = 16384,
        kLocateId = 32768,
    };

    void set(std::uint16_t flag, bool on);
    void refuse(const Field& field, std::string_view why);
    void refuse_length(const Field& field, std::size_t max);
    bool first_time(const Field& field, Seen bit);
    template <std::size_t N>
    void id(const Field& field, Seen bit, Text<N>& to);
    template <std::size_t N>
    void word(const Field& field, Seen bit, Text<N>& to);
    template <class Enum>
    void choice(
        const Field& field, Seen bit, std::string_view served, Enum& to, std::string_view why);
    void number(const Field& field, Seen bit, std::uint16_t flag, Decimal& to);
    void quantity(const Field& field, Seen bit, std::uint16_t flag, Quantity& to);
    void expire(const Field& field);

    void take_unsupported(const Field& field);
    void take_dont_know(const Field& field);
    void take_mass(const Field& field);
    void take_common(const Field& field);
    void take_order(const Field& field);
    void take_locate(const Field& field);
    void take_rest(const Field& field);
    bool is_harmless(const Field& field) const;

    Command& out_;
    ExtrasTaker extras_;
    bool strict_;  // also what only describes the order must be usable
    std::uint16_t seen_ = 0;
};

}  // namespace sluice::codec
