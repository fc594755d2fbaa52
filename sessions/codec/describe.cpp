#include "sessions/codec/describe.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// Whatever separates fields becomes SOH. A single character separates when it stands before
// something like "35=".
std::string with_soh(std::string_view input) {
    std::string text(input);
    for (const std::string_view shown :
         {"^A", "\\x01", "\\u0001", "\\001", "<SOH>", "[SOH]", "\xe2\x90\x81"}) {
        replace_all(text, shown, "\x01");
    }
    if (text.find(kSoh) != std::string::npos) {
        return text;
    }
    for (const char separator : {'|', ';', '\t', '~', '^', ',', ' '}) {
        const auto at = text.find(separator);
        const bool before_tag = at != std::string::npos && at + 1 < text.size() &&
                                text[at + 1] >= '0' && text[at + 1] <= '9';
        if (before_tag) {
            std::replace(text.begin(), text.end(), separator, kSoh);
            return text;
        }
    }
    return text;
}

bool take_field(std::string_view piece, FieldView& out) {
    int tag = 0;
    const auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), tag);
    const auto length = static_cast<std::size_t>(end - piece.data());
    if (error != std::errc() || tag <= 0 || length >= piece.size() || piece[length] != '=') {
        return false;
    }
    out = {tag, piece.substr(length + 1)};
    return true;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto from = text.find_first_not_of(kBlanks);
    return from == std::string_view::npos
               ? std::string_view{}
               : text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool starts_new(const DescribedMessage& message, int tag) {
    return tag == tag::kBeginString ||
           (tag == tag::kMsgType && !message.value(tag::kMsgType).empty());
}

// BodyLength(9) and CheckSum(10) as they should be, from the fields as they stand.
void check_sums(DescribedMessage& message) {
    const std::string_view length = message.value(tag::kBodyLength);
    const std::string_view sum = message.value(tag::kCheckSum);
    std::size_t body = 0;
    unsigned bytes = 0;
    for (const auto& field : message.fields) {
        if (field.tag == tag::kCheckSum) {
            break;
        }
        const std::string text = fmt::format("{}={}\x01", field.tag, field.value);
        body += field.tag == tag::kBeginString || field.tag == tag::kBodyLength ? 0 : text.size();
        for (const char c : text) {
            bytes += static_cast<unsigned char>(c);
        }
    }
    if (!length.empty() && length != std::to_string(body)) {
        message.remarks.push_back(fmt::format("BodyLength(9)={}, should be {}", length, body));
    }
    const std::string right = fmt::format("{:03}", bytes % 256);
    if (!sum.empty() && sum != right) {
        message.remarks.push_back(fmt::format("CheckSum(10)={}, should be {}", sum, right));
    }
}

// The values of the fields that one_line() speaks of.
struct Parts {
    std::string_view type, cl, orig, exec_type, trans, status, last_qty, last_px, cum, leaves, avg,
        text, side, qty, symbol, ord_type, price, tif, heart, reason, ref, seq_from, seq_to,
        new_seq, response_to, order;
};

Parts parts_of(std::string_view message) {
    Parts parts;
    FieldReader reader(message);
    FieldView field;
    while (reader.next(field)) {
        switch (field.tag) {
            case tag::kMsgType:
                parts.type = field.value;
                break;
            case tag::kClOrdId:
                parts.cl = field.value;
                break;
            case tag::kOrigClOrdId:
                parts.orig = field.value;
                break;
            case tag::kExecType:
                parts.exec_type = field.value;
                break;
            case tag::kExecTransType:
                parts.trans = field.value;
                break;
            case tag::kOrdStatus:
                parts.status = field.value;
                break;
            case tag::kLastQty:
                parts.last_qty = field.value;
                break;
            case tag::kLastPx:
                parts.last_px = field.value;
                break;
            case tag::kCumQty:
                parts.cum = field.value;
                break;
            case tag::kLeavesQty:
                parts.leaves = field.value;
                break;
            case tag::kAvgPx:
                parts.avg = field.value;
                break;
            case tag::kText:
                parts.text = field.value;
                break;
            case tag::kSide:
                parts.side = field.value;
                break;
            case tag::kOrderQty:
                parts.qty = field.value;
                break;
            case tag::kSymbol:
                parts.symbol = field.value;
                break;
            case tag::kOrdType:
                parts.ord_type = field.value;
                break;
            case tag::kPrice:
                parts.price = field.value;
                break;
            case tag::kTimeInForce:
                parts.tif = field.value;
                break;
            case tag::kOrdRejReason:
            case tag::kCxlRejReason:
            case tag::kBusinessRejectReason:
                parts.reason = field.value;
                break;
            case tag::kRefMsgType:
                parts.ref = field.value;
                break;
            case tag::kCxlRejResponseTo:
                parts.response_to = field.value;
                break;
            case tag::kOrderId:
                parts.order = field.value;
                break;
            case 108:
                parts.heart = field.value;
                break;
            case 7:
                parts.seq_from = field.value;
                break;
            case 16:
                parts.seq_to = field.value;
                break;
            case 36:
                parts.new_seq = field.value;
                break;
            default:
                break;
        }
    }
    return parts;
}

std::string_view or_value(std::string_view word, std::string_view value) {
    return word.empty() ? value : word;
}

std::string execution_line(const Parts& p, const FieldNames& names) {
    const bool trade = !p.last_qty.empty() && p.last_qty != "0";
    const std::string_view what =
        trade ? "Trade" : or_value(names.word(tag::kExecType, p.exec_type), p.exec_type);
    std::string line = fmt::format("ExecutionReport {}  {}", p.cl, what);
    if (trade) {
        line += fmt::format(" {} @{}", p.last_qty, p.last_px);
    }
    const std::string_view status = or_value(names.word(tag::kOrdStatus, p.status), p.status);
    if (status != what) {
        line += fmt::format("  {}", status);
    }
    if (p.exec_type == "8") {
        line +=
            fmt::format("  OrdRejReason={} {}", p.reason, names.word(tag::kOrdRejReason, p.reason));
    } else {
        line += fmt::format("  cum {}  leaves {}", p.cum, p.leaves);
        line += p.avg.empty() || p.avg == "0" ? "" : fmt::format("  avg {}", p.avg);
        line += p.order.empty() ? "" : fmt::format("  order {}", p.order);
    }
    return line;
}

}  // namespace

std::string_view DescribedMessage::value(int tag) const {
    for (const auto& field : fields) {
        if (field.tag == tag) {
            return field.value;
        }
    }
    return {};
}

std::vector<DescribedMessage> read_messages(std::string_view input, const FieldNames& names) {
    std::vector<DescribedMessage> messages;
    const std::string text = with_soh(input);
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = rest.find_first_of("\x01\n");
        const std::string_view piece = trimmed(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (piece.empty()) {
            continue;
        }
        FieldView field;
        // Text before the first field of a log line: "12:00:01 IN 8=FIX.4.4".
        const auto begin = piece.find("8=FIX");
        const bool is_field =
            take_field(begin == std::string_view::npos ? piece : piece.substr(begin), field);
        if (is_field && (messages.empty() || starts_new(messages.back(), field.tag))) {
            messages.emplace_back();
        } else if (messages.empty()) {
            messages.emplace_back();
        }
        if (!is_field) {
            messages.back().remarks.push_back(fmt::format("'{}' is not tag=value", piece));
            continue;
        }
        messages.back().fields.push_back(
            {field.tag, std::string(names.name(field.tag)), std::string(field.value),
             std::string(field.tag == tag::kMsgType ? names.message(field.value)
                                                    : names.word(field.tag, field.value))});
    }
    for (auto& message : messages) {
        check_sums(message);
    }
    return messages;
}

std::string one_line(std::string_view message, const FieldNames& names) {
    const Parts p = parts_of(message);
    std::string line;
    if (p.type == "8") {
        line = execution_line(p, names);
    } else if (p.type == "9") {
        line = fmt::format("OrderCancelReject {} of {}  {}  CxlRejReason={} {}", p.cl, p.orig,
                           or_value(names.word(tag::kOrdStatus, p.status), p.status), p.reason,
                           names.word(tag::kCxlRejReason, p.reason));
    } else if (p.type == "j") {
        line = fmt::format("BusinessMessageReject of {}  BusinessRejectReason={} {}",
                           or_value(names.message(p.ref), p.ref), p.reason,
                           names.word(tag::kBusinessRejectReason, p.reason));
    } else {
        line = or_value(names.message(p.type), p.type);
        line += p.cl.empty() ? "" : fmt::format(" {}", p.cl);
        line += p.orig.empty() ? "" : fmt::format(" of {}", p.orig);
        line += p.side.empty()
                    ? ""
                    : fmt::format("  {}", or_value(names.word(tag::kSide, p.side), p.side));
        line += p.qty.empty() ? "" : fmt::format(" {}", p.qty);
        line += p.symbol.empty() ? "" : fmt::format(" {}", p.symbol);
        line +=
            p.ord_type.empty()
                ? ""
                : fmt::format(" {}", or_value(names.word(tag::kOrdType, p.ord_type), p.ord_type));
        line += p.price.empty() ? "" : fmt::format(" {}", p.price);
        line += p.tif.empty()
                    ? ""
                    : fmt::format(" {}", or_value(names.word(tag::kTimeInForce, p.tif), p.tif));
        line += p.heart.empty() ? "" : fmt::format("  HeartBtInt={}", p.heart);
        line += p.seq_from.empty() ? "" : fmt::format("  {} to {}", p.seq_from, p.seq_to);
        line += p.new_seq.empty() ? "" : fmt::format("  NewSeqNo={}", p.new_seq);
    }
    line += p.text.empty() ? "" : fmt::format("  \"{}\"", p.text);
    return line;
}

std::string block(const DescribedMessage& message) {
    std::size_t name_width = 0;
    std::size_t value_width = 0;
    for (const auto& field : message.fields) {
        name_width = std::max(name_width, field.name.size());
        value_width = std::max(value_width, std::min<std::size_t>(field.value.size(), 40));
    }
    std::string out;
    for (const auto& field : message.fields) {
        std::string line = fmt::format("{:>6}  {:{}}  {:{}}  {}", field.tag, field.name, name_width,
                                       field.value, value_width, field.word);
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    for (const auto& remark : message.remarks) {
        out += "remark: " + remark + "\n";
    }
    return out;
}

}  // namespace sluice::codec
