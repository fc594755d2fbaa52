// Feeds a journal to a core: the same inputs in the same order with the same times. Recovery,
// replay --verify, what-if and "state at a past time" are all this, with different sinks.
// Any one thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/core.hpp"
#include "gateway/domain/input.hpp"
#include "gateway/domain/result.hpp"
#include "gateway/journal/log.hpp"

namespace sluice {

// Reads a configuration document; gateway/config gives it.
using ConfigParser = std::function<Result<CoreConfig, std::string>(std::string_view document)>;

// What-if: this limit, whatever the journal says. Set after each configuration document; a
// journaled change of the same limit is replaced by it.
struct LimitOverride {
    ScopeKind scope = ScopeKind::Firm;
    Name scope_name;
    SymbolName symbol;
    LimitKey key = LimitKey::None;
    LimitValue value;
};

class Replayer {
public:
    Replayer(Core& core, ConfigParser parse) : core_(core), parse_(std::move(parse)) {}

    void set_overrides(std::vector<LimitOverride> overrides) { overrides_ = std::move(overrides); }
    // Another document in place of every journaled one.
    void set_config(CoreConfig config) { config_ = std::move(config); }

    // What a record was to the core.
    struct Step {
        bool is_input = false;
        InputMeta meta;
        Event event;  // of an input other than a configuration document
        bool is_config = false;
    };
    // Applies the record when it is an input. The error names the record: the journal was written
    // by another version, or is not a journal of this core.
    Result<Step, std::string> feed(const journal::Frame& frame, CoreSink& sink);

    std::uint64_t inputs() const { return inputs_; }
    // The first override that no configuration document so far could take, and why: an unknown
    // name, or a limit without effect at that scope. Nothing when all took effect.
    std::optional<std::string> refused_override() const;

private:
    Result<Step, std::string> configure(const journal::Frame& frame, Step step);
    void apply_overrides(const InputMeta& meta);
    void override_change(LimitChange& change) const;

    Core& core_;
    ConfigParser parse_;
    std::vector<LimitOverride> overrides_;
    std::vector<std::string> refusals_;  // as overrides_; empty: it took effect
    std::optional<CoreConfig> config_;
    std::uint64_t inputs_ = 0;
};

// Takes outputs and forgets them.
class NullSink final : public CoreSink {
public:
    void on_decision(const Decision&) override {}
    void on_request(const VenueRequest&) override {}
    void on_report(const Report&) override {}
    void on_reply(const AdminReply&) override {}
    void on_alert(const InputMeta&, OrderId, std::string_view) override {}
};

// Keeps the outputs of the last input.
class CollectingSink final : public CoreSink {
public:
    void on_decision(const Decision& decision) override { decisions.push_back(decision); }
    void on_request(const VenueRequest& request) override { requests.push_back(request); }
    void on_report(const Report& report) override { reports.push_back(report); }
    void on_reply(const AdminReply& reply) override { replies.push_back(reply); }
    void on_alert(const InputMeta&, OrderId, std::string_view text) override {
        alerts.emplace_back(text);
    }
    void clear() {
        decisions.clear();
        requests.clear();
        reports.clear();
        replies.clear();
        alerts.clear();
    }

    std::vector<Decision> decisions;
    std::vector<VenueRequest> requests;
    std::vector<Report> reports;
    std::vector<AdminReply> replies;
    std::vector<std::string> alerts;
};

}  // namespace sluice
