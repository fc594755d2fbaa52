#include "sessions/client/scenario.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace sluice::client {

Words::Words(std::string_view text) {
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('|'));
        text.remove_prefix(std::min(text.size(), field.size() + 1));
        const auto equals = field.find('=');
        if (equals != std::string_view::npos) {
            fields_.emplace_back(field.substr(0, equals), field.substr(equals + 1));
        }
    }
}

bool Words::has(std::string_view tag) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](const auto& field) { return field.first == tag; });
}

std::string Words::get(std::string_view tag) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const auto& field) { return field.first == tag; });
    return found == fields_.end() ? "" : found->second;
}

void Words::set(std::string_view tag, std::string_view value) {
    for (auto& field : fields_) {
        if (field.first == tag) {
            field.second = value;
            return;
        }
    }
    fields_.emplace_back(tag, value);
}

void Words::drop(std::string_view tag) {
    std::erase_if(fields_, [&](const auto& field) { return field.first == tag; });
}

std::string Words::text() const {
    std::string out;
    for (const auto& [tag, value] : fields_) {
        out += (out.empty() ? "" : "|") + tag + "=" + value;
    }
    return out;
}

std::vector<std::string> split_words(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

bool Scenario::is_for(FixVersion version) const {
    return versions.empty() ||
           std::find(versions.begin(), versions.end(), version) != versions.end();
}

bool Scenario::asks_operator(std::string_view beginning) const {
    return std::any_of(lines.begin(), lines.end(), [&](const ScenarioLine& line) {
        return line.kind == ScenarioLine::Kind::Operator && line.text.starts_with(beginning);
    });
}

namespace {

bool set_up(Scenario& scenario, const std::vector<std::string>& words) {
    if (words.size() == 1 && words[0] == "pending_reports") {
        scenario.pending_reports = true;
    } else if (words.size() == 1 && words[0] == "cancel_on_disconnect") {
        scenario.cancel_on_disconnect = true;
    } else if (words.size() == 1 && words[0] == "hold") {
        scenario.hold = true;
    } else if (words.size() == 1 && words[0] == "drop_copy") {
        scenario.drop_copy = true;
    } else if (words.size() == 2 && words[0] == "reconcile") {
        scenario.reconcile = words[1];
        return words[1] == "status" || words[1] == "mass_status" || words[1] == "poss_resend" ||
               words[1] == "flag";
    } else if (words.size() == 2 && words[0] == "max_pending_replaces") {
        const auto& text = words[1];
        return std::from_chars(text.data(), text.data() + text.size(),
                               scenario.max_pending_replaces)
                   .ec == std::errc();
    } else if (words.size() > 1 && words[0] == "versions") {
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (words[i] != "4.2" && words[i] != "4.4" && words[i] != "5.0SP2") {
                return false;
            }
            scenario.versions.push_back(words[i] == "4.2"   ? FixVersion::Fix42
                                        : words[i] == "4.4" ? FixVersion::Fix44
                                                            : FixVersion::Fix50Sp2);
        }
    } else {
        return false;
    }
    return true;
}

std::optional<ScenarioLine::Kind> kind_of(std::string_view mark) {
    using Kind = ScenarioLine::Kind;
    if (mark == "C>") {
        return Kind::ClientSays;
    }
    if (mark == "C<") {
        return Kind::ClientHears;
    }
    if (mark == "V>") {
        return Kind::VenueHears;
    }
    if (mark == "V<") {
        return Kind::VenueSays;
    }
    if (mark == "L<") {
        return Kind::ListenerHears;
    }
    if (mark == "A<") {
        return Kind::OperatorSees;
    }
    return mark == "A>" ? std::optional(Kind::Operator) : std::nullopt;
}

bool take_line(Scenario& scenario, std::string line, unsigned number) {
    if (scenario.title.empty() && line.starts_with("# ")) {
        scenario.title = line.substr(2);
    }
    line.erase(std::min(line.find('#'), line.size()));
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (line.empty()) {
        return true;
    }
    if (line.starts_with("! ")) {
        return set_up(scenario, split_words(line.substr(2)));
    }
    const auto kind = kind_of(std::string_view(line).substr(0, 2));
    if (!kind || line.size() < 4 || line[2] != ' ') {
        return false;
    }
    scenario.lines.push_back({*kind, number, line.substr(3)});
    return true;
}

}  // namespace

Result<Scenario, std::string> parse_scenario(std::string_view name, std::string_view text) {
    Scenario scenario;
    scenario.name = name;
    std::istringstream in{std::string(text)};
    unsigned number = 0;
    for (std::string line; std::getline(in, line);) {
        if (!take_line(scenario, line, ++number)) {
            return Result<Scenario, std::string>::failure(std::string(name) + ":" +
                                                          std::to_string(number) +
                                                          ": no line of a scenario: " + line);
        }
    }
    return scenario;
}

std::string ScenarioNames::difference(const Words& listed, const Said& said) {
    for (const auto& [tag, value] : listed.fields()) {
        const auto found = said(tag);
        if (value == "-") {
            if (found) {
                return tag + " is " + *found + ", and must not be there";
            }
            continue;
        }
        if (!found) {
            return tag + " is not there";
        }
        std::string wanted = value;
        if (value.starts_with('@')) {
            wanted = values_.try_emplace(value, *found).first->second;
        }
        if (*found != wanted) {
            return tag + " is " + *found + ", not " + wanted;
        }
    }
    return {};
}

Words ScenarioNames::filled(const Words& line) const {
    Words filled = line;
    for (const auto& [tag, value] : line.fields()) {
        if (const auto known = values_.find(value); known != values_.end()) {
            filled.set(tag, known->second);
        }
    }
    return filled;
}

}  // namespace sluice::client
