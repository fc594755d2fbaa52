#include "gateway/app/fix_out_comparison.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

#include "gateway/orders/name_table.hpp"
#include "sessions/codec/report_encoder.hpp"

namespace sluice::app {
namespace {

class Comparison {
public:
    explicit Comparison(const Core& core) : core_(core) {}

    std::optional<std::string> compare(std::span<const std::byte> raw, const Report& report) {
        const std::string_view recorded = codec::body_of(message_of(raw));
        if (recorded.empty()) {
            return "the recorded message is not in the form in which reports are written";
        }
        const SessionConfig& session = config_of(report.session);
        const std::string_view again =
            encoder(session.version).encode_body(report, session.custom_tags);
        if (recorded == again) {
            return std::nullopt;
        }
        return "the recorded message reads '" + readable(recorded) + "', the re-run says '" +
               readable(again) + "'";
    }

private:
    // Plain settings for a session that is no longer configured.
    const SessionConfig& config_of(SessionId session) const {
        if (session.value < core_.names().sessions.size()) {
            const auto name = core_.names().sessions.name(session.value);
            for (const SessionConfig& config : core_.config().sessions) {
                if (config.id == name) {
                    return config;
                }
            }
        }
        static const SessionConfig kPlain;
        return kPlain;
    }
    codec::ReportEncoder& encoder(FixVersion version) {
        auto& made = encoders_[version];
        if (!made) {
            made =
                std::make_unique<codec::ReportEncoder>(version, Instance(core_.config().instance));
        }
        return *made;
    }
    // Behind the head stand the length (u32) and the message (domain/fix_record.hpp).
    static std::string_view message_of(std::span<const std::byte> raw) {
        std::uint32_t length = 0;
        if (raw.size() < sizeof length) {
            return {};
        }
        std::memcpy(&length, raw.data(), sizeof length);
        const auto bytes = raw.subspan(sizeof length);
        return {reinterpret_cast<const char*>(bytes.data()),
                std::min<std::size_t>(length, bytes.size())};
    }
    static std::string readable(std::string_view body) {
        std::string text(body);
        for (char& c : text) {
            c = c == '\x01' ? '|' : c;
        }
        return text;
    }

    const Core& core_;
    std::map<FixVersion, std::unique_ptr<codec::ReportEncoder>> encoders_;
};

}  // namespace

Verifier::CompareFixOut fix_out_comparison(const Core& core) {
    auto comparison = std::make_shared<Comparison>(core);
    return [comparison](const FixOutHead&, std::span<const std::byte> raw, const Report& report) {
        return comparison->compare(raw, report);
    };
}

}  // namespace sluice::app
