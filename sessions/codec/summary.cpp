// The one-line form of a described message: what a trader would say on the telephone.
#include <utility>

#include <fmt/format.h>

#include "sessions/codec/describe.hpp"
#include "sessions/codec/field_names.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

class Line {
public:
    explicit Line(const DescribedMessage& message) : message_(message) {}

    Line& put(std::string_view text) {
        if (!text.empty()) {
            line_ += line_.empty() ? "" : " ";
            line_ += text;
        }
        return *this;
    }
    Line& value(int tag) { return put(message_.value(tag)); }
    // "cum 60"; nothing when the field is absent.
    Line& value(std::string_view before, int tag) {
        const auto text = message_.value(tag);
        return text.empty() ? *this : put(fmt::format("{}{}", before, text));
    }
    // The word of an enumerated value, or the value where it has none.
    Line& word(int tag, std::string_view before = {}) {
        const auto text = message_.value(tag);
        const auto name = value_name(tag, text);
        return text.empty() ? *this : put(fmt::format("{}{}", before, name.empty() ? text : name));
    }
    std::string text() { return std::move(line_); }

private:
    const DescribedMessage& message_;
    std::string line_;
};

void execution(Line& line, const DescribedMessage& message) {
    line.value(tag::ClOrdID).word(tag::ExecType);
    if (message.value(tag::ExecTransType) != "0") {
        line.word(tag::ExecTransType, "trans ");
    }
    if (message.value(tag::LastQty) != "0") {
        line.value(tag::LastQty).value("@", tag::LastPx);
    }
    line.word(tag::OrdStatus)
        .value("cum ", tag::CumQty)
        .value("leaves ", tag::LeavesQty)
        .word(tag::OrdRejReason, "reason ")
        .value(tag::Text);
}

void order(Line& line) {
    line.value(tag::ClOrdID)
        .value("of ", tag::OrigClOrdID)
        .word(tag::Side)
        .value(tag::OrderQty)
        .value(tag::Symbol)
        .word(tag::OrdType)
        .value("@", tag::Price)
        .value("stop ", tag::StopPx)
        .word(tag::TimeInForce)
        .value("account ", tag::Account);
}

void session(Line& line) {
    line.value("from ", 7)
        .value("to ", 16)
        .value("new number ", 36)
        .value("heartbeat ", 108)
        .value("id ", 112)
        .value("refers to ", tag::RefSeqNum)
        .value("type ", tag::RefMsgType)
        .value("tag ", 371)
        .word(tag::SessionRejectReason)
        .word(tag::BusinessRejectReason)
        .value("id ", tag::BusinessRejectRefID)
        .value(tag::Text);
}

}  // namespace

std::string one_line(const DescribedMessage& message) {
    Line line(message);
    const auto msg_type = message.value(tag::MsgType);
    const auto name = message_name(msg_type);
    line.put(!name.empty()      ? name
             : msg_type.empty() ? std::string_view("Message without MsgType(35)")
                                : msg_type);
    if (message.value(tag::PossDupFlag) == "Y") {
        line.put("again");
    }
    if (msg_type == "8") {
        execution(line, message);
    } else if (msg_type == "9") {
        line.value(tag::ClOrdID)
            .value("of ", tag::OrigClOrdID)
            .word(tag::OrdStatus)
            .word(tag::CxlRejReason, "reason ")
            .value(tag::Text);
    } else if (msg_type == "D" || msg_type == "F" || msg_type == "G" || msg_type == "H") {
        order(line);
    } else {
        session(line);
    }
    for (const auto& fault : message.faults) {
        line.put("!").put(fault);
    }
    return line.text();
}

std::string one_line(std::string_view any_fix_text) {
    std::string line;
    for (const auto& message : describe(any_fix_text)) {
        line += line.empty() ? "" : "; ";
        line += one_line(message);
    }
    return line;
}

}  // namespace sluice::codec
