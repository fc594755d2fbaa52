#include "gateway/app/tool_command.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/config/loader.hpp"
#include "gateway/crypto/scrypt.hpp"
#include "sessions/codec/describe.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

// Words of one message that the shell took apart ("35=D 55=AAPL"), or one text each.
std::string joined(const std::vector<std::string>& texts) {
    const bool fields = std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
        const std::size_t equals = text.find('=');
        return equals != std::string::npos && equals != 0 &&
               text.find_first_not_of("0123456789") == equals &&
               text.find_first_of("|\x01;^") == std::string::npos;
    });
    return fmt::format("{}", fmt::join(texts, fields ? "|" : "\n"));
}

Json json_of(const codec::DescribedMessage& message) {
    Json fields = Json::array();
    for (const auto& field : message.fields) {
        fields.push_back({{"tag", std::to_string(field.tag)},
                          {"name", field.name},
                          {"value", field.value},
                          {"word", field.word}});
    }
    return {{"text", codec::one_line(message)}, {"fields", fields}, {"faults", message.faults}};
}

std::string ask_twice() {
    std::string password = ask_secret("Password: ");
    if (stdin_is_terminal()) {
        std::string again = ask_secret("Again: ");
        const bool same = password == again;
        crypto::wipe(again);
        if (!same) {
            crypto::wipe(password);
            throw CliFailure{kFailed, "the two passwords differ", {}};
        }
    }
    if (password.empty()) {
        throw CliFailure{kUsage, "the password is empty", {}};
    }
    return password;
}

}  // namespace

int decode_text(const std::vector<std::string>& texts, bool one_line, OutputFormat format) {
    const bool from_input = texts.empty() || (texts.size() == 1 && texts[0] == "-");
    const auto messages = codec::describe(from_input ? whole_input() : joined(texts));
    if (messages.empty()) {
        throw CliFailure{kFailed, "no FIX fields (tag=value) in the text", "sluice decode --help"};
    }
    if (format == OutputFormat::Json) {
        Json list = Json::array();
        for (const auto& message : messages) {
            list.push_back(json_of(message));
        }
        print(list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
        return kOk;
    }
    bool first = true;
    for (const auto& message : messages) {
        if (one_line) {
            print(codec::one_line(message) + "\n");
            continue;
        }
        print(first ? "" : "\n");
        print(codec::one_line(message) + "\n");
        print(codec::table_of(message));
        first = false;
    }
    return kOk;
}

int hash_password() {
    std::string password = ask_twice();
    const auto hash =
        crypto::hash_password(password, crypto::ScryptParams{}, crypto::random_salt());
    crypto::wipe(password);
    if (!hash.ok()) {
        throw CliFailure{kFailed, hash.error(), {}};
    }
    print(hash.value() + "\n");
    return kOk;
}

int init_directory(const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    const std::string path = directory + "/sluice.yaml";
    if (error) {
        throw CliFailure{kFailed, fmt::format("{}: {}", directory, error.message()), {}};
    }
    if (std::filesystem::exists(path)) {
        throw CliFailure{kConflict, fmt::format("{} is there already; nothing was changed", path),
                         "sluice config check " + path};
    }
    std::ofstream file(path, std::ios::binary);
    file << config::starter_document();
    file.close();
    if (!file) {
        throw CliFailure{kFailed, fmt::format("{} could not be written", path), {}};
    }
    print(
        fmt::format("wrote {}\nnow:  edit it, then\n  sluice config check {}\n"
                    "  sluice run --config {}\n",
                    path, path, path));
    return kOk;
}

int check_config(const std::string& path) {
    const config::Loaded loaded = config::load_file(path);
    print(loaded.report);
    if (!loaded.config) {
        return kInvalidConfiguration;
    }
    if (loaded.diagnostics.empty()) {
        print(fmt::format("{}: OK\n", path));
    }
    return kOk;
}

int show_config(const std::string& path) {
    const config::Loaded loaded = config::load_file(path);
    if (!loaded.config) {
        print_error(loaded.report);
        return kInvalidConfiguration;
    }
    print(config::full_document(*loaded.config));
    return kOk;
}

int list_config_options(bool markdown) {
    print(markdown ? config::reference_page() : config::option_list());
    return kOk;
}

int explain_code(const std::string& code) {
    const std::string text = config::explain(code);
    if (text.empty()) {
        std::vector<std::string> known;
        for (const config::CodeText& each : config::codes()) {
            known.emplace_back(each.code);
        }
        throw CliFailure{kNotFound,
                         fmt::format("no code '{}'.{} Codes: {}", code, did_you_mean(code, known),
                                     fmt::join(known, " ")),
                         {}};
    }
    print(text + (text.back() == '\n' ? "" : "\n"));
    return kOk;
}

}  // namespace sluice::app
