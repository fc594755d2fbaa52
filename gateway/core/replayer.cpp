#include "gateway/core/replayer.hpp"

#include "gateway/core/input_codec.hpp"

namespace sluice {

Result<Replayer::Step, std::string> Replayer::feed(const journal::Frame& frame, CoreSink& sink) {
    Step step;
    step.meta = {frame.seq, UtcNanos{frame.meta.t_utc_ns}};
    if (frame.meta.type == journal::RecordType::ConfigDoc) {
        return configure(frame, step);
    }
    if (!is_event(frame.meta.type)) {
        return step;
    }
    auto event = decode_event(frame);
    if (!event.ok()) {
        return Result<Step, std::string>::failure(event.error());
    }
    step.is_input = true;
    step.event = event.value();
    ++inputs_;
    if (auto* change = std::get_if<LimitChange>(&step.event); change != nullptr) {
        override_change(*change);
    }
    core_.apply(step.meta, step.event, sink);
    return step;
}

Result<Replayer::Step, std::string> Replayer::configure(const journal::Frame& frame, Step step) {
    step.is_input = step.is_config = true;
    ++inputs_;
    if (config_) {
        core_.configure(step.meta, *config_);
    } else {
        const auto config = parse_(std::string_view(
            frame.payload.empty() ? "" : reinterpret_cast<const char*>(frame.payload.data()),
            frame.payload.size()));
        if (!config.ok()) {
            return Result<Step, std::string>::failure("record " + std::to_string(frame.seq) +
                                                      " CONFIG_DOC: " + config.error());
        }
        core_.configure(step.meta, config.value());
    }
    apply_overrides(step.meta);
    return step;
}

void Replayer::apply_overrides(const InputMeta& meta) {
    refusals_.resize(overrides_.size(), "there is no configuration");
    for (std::size_t i = 0; i < overrides_.size(); ++i) {
        const LimitOverride& limit = overrides_[i];
        LimitChange change;
        change.scope = limit.scope;
        change.scope_name = limit.scope_name;
        change.symbol = limit.symbol;
        change.key = limit.key;
        change.value = limit.value.value;
        change.state = limit.value.state;
        change.who = Name("what-if");
        change.approver = Name("what-if too");
        CollectingSink answer;
        core_.apply(meta, change, answer);
        if (!answer.replies.empty() && answer.replies.front().ok) {
            refusals_[i].clear();
        } else if (!refusals_[i].empty() && !answer.replies.empty()) {
            refusals_[i] = answer.replies.front().text.view();
        }
    }
}

std::optional<std::string> Replayer::refused_override() const {
    for (const std::string& refusal : refusals_) {
        if (!refusal.empty()) {
            return refusal;
        }
    }
    return std::nullopt;
}

void Replayer::override_change(LimitChange& change) const {
    for (const auto& limit : overrides_) {
        if (limit.scope == change.scope && limit.scope_name == change.scope_name &&
            limit.symbol == change.symbol && limit.key == change.key) {
            change.value = limit.value.value;
            change.state = limit.value.state;
        }
    }
}

}  // namespace sluice
