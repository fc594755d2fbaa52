#include "gateway/config/option.hpp"

#include <algorithm>

#include "gateway/domain/check.hpp"

namespace sluice::config {
namespace {

// Takes "sessions" from "sessions[].throttle.rate" and leaves "throttle.rate".
std::string_view take_key(std::string_view& path) {
    const auto dot = path.find('.');
    std::string_view key = path.substr(0, dot);
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    if (key.ends_with("[]")) {
        key.remove_suffix(2);
    }
    return key;
}

Branch& place(Branch& top, std::string_view path) {
    Branch* at = &top;
    while (!path.empty()) {
        const std::string_view key = take_key(path);
        const auto found = std::find_if(at->children.begin(), at->children.end(),
                                        [key](const Branch& child) { return child.name == key; });
        if (found == at->children.end()) {
            at->children.push_back({.name = std::string(key)});
            at = &at->children.back();
        } else {
            at = &*found;
        }
    }
    return *at;
}

// Values come before blocks, so that a block's values (an id, a type) are known within it.
void values_first(Branch& branch) {
    std::stable_partition(branch.children.begin(), branch.children.end(),
                          [](const Branch& child) { return child.option != nullptr; });
    for (Branch& child : branch.children) {
        GW_CHECK(child.option != nullptr || child.section != nullptr);
        values_first(child);
    }
}

Branch make_tree(const Table& rows) {
    Branch top;
    for (const Section& section : rows.sections) {
        Branch& branch = place(top, section.path);
        GW_CHECK(branch.section == nullptr && branch.option == nullptr);
        branch.section = &section;
    }
    for (const Option& option : rows.options) {
        Branch& branch = place(top, option.path);
        GW_CHECK(branch.section == nullptr && branch.option == nullptr);
        branch.option = &option;
    }
    values_first(top);
    return top;
}

Table make_table() {
    Table rows;
    add_process_options(rows);
    add_risk_options(rows);
    add_instrument_options(rows);
    add_session_options(rows);
    add_venue_options(rows);
    return rows;
}

}  // namespace

std::string_view to_text(Type type) {
    switch (type) {
        case Type::Text:
            return "text";
        case Type::Name:
            return "name";
        case Type::Symbol:
            return "symbol";
        case Type::Currency:
            return "currency";
        case Type::Letters:
            return "letters";
        case Type::Path:
            return "path";
        case Type::Address:
            return "address";
        case Type::Cidr:
            return "address range";
        case Type::Int:
            return "integer";
        case Type::Octal:
            return "octal number";
        case Type::Decimal:
            return "decimal";
        case Type::Interval:
            return "duration";
        case Type::Size:
            return "size";
        case Type::Bool:
            return "true or false";
        case Type::Word:
            return "word";
        case Type::Limit:
            return "decimal or unlimited";
        case Type::LimitInterval:
            return "duration or unlimited";
    }
    return "";
}

const Table& table() {
    static const Table rows = make_table();
    return rows;
}

const Branch& root() {
    static const Branch tree = make_tree(table());
    return tree;
}

}  // namespace sluice::config
