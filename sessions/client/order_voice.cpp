#include "sessions/client/order_voice.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "sessions/client/cert_words.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::client {
namespace {

Quantity number(const std::string& text) {
    const auto parsed = Decimal::parse(text);
    return parsed.ok() ? Quantity{parsed.value()} : Quantity{};
}

double approximate(const Quantity& value) {
    return std::strtod(value.to_string().c_str(), nullptr);
}

constexpr std::string_view kOver = "48C";

// Fields of a line that go into the message as they stand.
constexpr std::string_view kHandedOn[] = {"58",   "103", "378", "30",  "18",  "99",  "111",
                                          "1138", "59",  "424", "425", "584", "911", "912"};

}  // namespace

std::string OrderVoice::id_of(const std::string& name) const {
    const auto found = requests_.find(name);
    return found == requests_.end() ? name : found->second.id;
}

std::string OrderVoice::hear(const Words& listed, std::string_view raw) {
    Words wanted = in_version(listed, version_);
    const std::string name = listed.get("11");
    wanted.drop("11");  // the other side's own; from now on the name stands for it
    if (listed.has("41")) {
        wanted.set("41", id_of(listed.get("41")));
    }
    ScenarioNames none;
    if (auto why = none.difference(wanted, as_said(raw, version_)); !why.empty()) {
        return why;
    }
    if (listed.get("35") == "AF") {
        return {};  // about all orders, and so about none that has a name
    }
    Request request;
    request.id = field(raw, 11);
    request.orig_id = field(raw, 41);
    request.type = field(raw, 35);
    request.qty = number(std::string(field(raw, 38)));
    request.price = field(raw, 44);
    if (const auto known = requests_.find(name); known != requests_.end()) {
        // Asked again, or a question about it.
        return known->second.id == request.id
                   ? std::string()
                   : fmt::format("11 is {}, not {}", request.id, known->second.id);
    }
    request.order = orders_.size();
    for (const auto& [other, earlier] : requests_) {
        if (!request.orig_id.empty() && earlier.id == request.orig_id) {
            request.order = earlier.order;
        }
    }
    if (request.order == orders_.size()) {
        Held& order = orders_.emplace_back();
        order.order_id = fmt::format("VO{}", orders_.size());
        order.symbol = field(raw, 55);
        order.side = field(raw, 54);
        order.price = field(raw, 44);
        order.qty = request.qty;
    }
    requests_[name] = request;
    return {};
}

std::pair<std::string, std::string> OrderVoice::say(const Words& listed) {
    const std::string type = listed.get("35");
    if (type == "8") {
        return {type, execution(listed)};
    }
    if (type == "9") {
        return {type, refusal(listed)};
    }
    Words body = listed;
    body.drop("35");
    body.drop("why");
    return {type, body.text()};
}

Quantity OrderVoice::leaves(const Held& order) {
    const Quantity used = order.cum + order.busted;
    return order.closed != 0 || order.qty < used ? Quantity{} : order.qty - used;
}

char OrderVoice::status(const Held& order) {
    if (order.closed != 0) {
        return order.closed;
    }
    if (!order.cum.is_zero() && leaves(order).is_zero()) {
        return '2';
    }
    if (order.halted != 0) {
        return order.halted;
    }
    return order.cum.is_zero() ? '0' : '1';
}

// An order that nobody asked for is made of what the line says about it.
OrderVoice::Held& OrderVoice::held_by(const Words& listed) {
    const auto found = requests_.find(listed.get("11"));
    if (found != requests_.end()) {
        return orders_[found->second.order];
    }
    Held& order = orders_.emplace_back();
    order.order_id = fmt::format("VO{}", orders_.size());
    order.symbol = listed.has("55") ? listed.get("55") : "ACME";
    order.side = listed.has("54") ? listed.get("54") : "1";
    order.qty = number(listed.get("38"));
    Request request;
    std::string name = listed.get("11");
    request.id = name.starts_with('?') ? name.substr(1) : name;
    request.order = orders_.size() - 1;
    requests_[name] = request;
    return order;
}

void OrderVoice::take_out(Held& order, const std::string& exec_id) {
    const auto found = order.fills.find(exec_id);
    if (found == order.fills.end()) {
        return;
    }
    order.cum = order.cum - found->second.qty;
    order.busted = order.busted + found->second.qty;
    order.value -= approximate(found->second.qty) * approximate(found->second.px);
    order.fills.erase(found);
}

void OrderVoice::add(Held& order, const Words& listed, const std::string& exec_id) {
    Fill fill{number(listed.get("32")), number(listed.has("31") ? listed.get("31") : "10")};
    if (order.fills.contains(exec_id)) {
        return;  // said twice
    }
    order.fills[exec_id] = fill;
    order.cum = order.cum + fill.qty;
    order.value += approximate(fill.qty) * approximate(fill.px);
}

void OrderVoice::apply(Held& order, const Words& listed, const std::string& exec_id) {
    const char type = listed.has("150") ? listed.get("150").front() : 'I';
    if (type == 'F') {
        add(order, listed, exec_id);
    } else if (type == 'G' || type == 'H') {
        take_out(order, listed.get("19"));
        if (type == 'G') {
            const Quantity freed = number(listed.get("32"));
            add(order, listed, exec_id);
            order.busted = order.busted < freed ? Quantity{} : order.busted - freed;
        }
    } else if (type == '5') {
        const auto& request = requests_[listed.get("11")];
        order.qty = listed.has("38") ? number(listed.get("38")) : request.qty;
        order.qty = order.qty < order.cum ? order.cum : order.qty;
        order.price = request.price;
    } else if (type == 'D') {
        order.qty = listed.has("38") ? number(listed.get("38")) : order.qty;
        order.cum = listed.has("14") ? number(listed.get("14")) : order.cum;
        order.price = listed.has("44") ? listed.get("44") : order.price;
    } else if (type == '7' || type == '9') {
        order.halted = type;
    } else if (type == '0') {
        order.halted = 0;
    } else if (kOver.find(type) != std::string_view::npos) {
        order.closed = type;
    }
    if (listed.has("151") && order.closed == 0) {
        const Quantity used = order.cum + number(listed.get("151"));
        order.busted = used < order.qty ? order.qty - used : Quantity{};
    }
}

std::string OrderVoice::execution(const Words& listed) {
    const std::string exec_id = listed.has("17") && !listed.get("17").starts_with('@')
                                    ? listed.get("17")
                                    : fmt::format("E{}", next_exec_++);
    Held& order = held_by(listed);
    apply(order, listed, exec_id);
    const Request& request = requests_[listed.get("11")];
    const char type = listed.has("150") ? listed.get("150").front() : 'I';
    const bool pending = type == 'A' || type == '6' || type == 'E';
    const char now = listed.has("39") ? listed.get("39").front()
                     : type == '3'    ? '3'
                     : pending        ? type
                                      : status(order);
    const auto or_else = [&](const char* tag, const std::string& otherwise) {
        return listed.has(tag) && listed.get(tag) != "-" && !listed.get(tag).starts_with('@')
                   ? listed.get(tag)
                   : otherwise;
    };
    const std::string left = or_else("151", leaves(order).to_string());
    const double average = order.cum.is_zero() ? 0 : order.value / approximate(order.cum);
    std::string body =
        fmt::format("37={}|11={}|17={}|{}", or_else("37", order.order_id), request.id, exec_id,
                    exec_codes(type, now, order.cum >= order.qty, version_));
    const bool answers = request.type == "F" || request.type == "G";
    if (listed.has("41") ? listed.get("41") != "-"
                         : answers && (pending || type == '4' || type == '5')) {
        body += "|41=" + (listed.has("41") ? id_of(listed.get("41")) : request.orig_id);
    }
    body += fmt::format("|55={}|54={}|38={}|14={}|151={}|6={}|60={}", order.symbol, order.side,
                        or_else("38", order.qty.to_string()), or_else("14", order.cum.to_string()),
                        left, or_else("6", fmt::format("{:.6g}", average)), utc_now());
    if (listed.has("32") && listed.get("32") != "-") {
        body += fmt::format("|32={}|31={}", listed.get("32"), or_else("31", "10"));
    }
    if (listed.has("19") && !listed.get("19").starts_with('@')) {
        body += "|19=" + listed.get("19");
    }
    if (!order.price.empty()) {
        body += "|44=" + or_else("44", order.price);
    }
    const Words handed = in_version(listed, version_);
    for (const auto tag : kHandedOn) {
        if (handed.has(tag)) {
            body += fmt::format("|{}={}", tag, handed.get(tag));
        }
    }
    return body;
}

std::string OrderVoice::refusal(const Words& listed) {
    const auto found = requests_.find(listed.get("11"));
    const Request request =
        found == requests_.end() ? Request{listed.get("11"), {}, {}, {}, {}, 0} : found->second;
    const bool known = found != requests_.end() && request.order < orders_.size();
    const std::string order_id = listed.has("37") ? listed.get("37")
                                 : known          ? orders_[request.order].order_id
                                                  : "NONE";
    const std::string now = listed.has("39") ? listed.get("39")
                            : known          ? std::string(1, status(orders_[request.order]))
                                             : "8";
    std::string body =
        fmt::format("37={}|11={}|41={}|39={}|434={}|102={}", order_id, request.id,
                    listed.has("41") ? id_of(listed.get("41")) : request.orig_id, now,
                    listed.get("434"), listed.has("102") ? listed.get("102") : "2");
    if (listed.has("58")) {
        body += "|58=" + listed.get("58");
    }
    return body;
}

}  // namespace sluice::client
