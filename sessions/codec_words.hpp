// The codec behind the sessions' seam (words.hpp): one object per FIX version, one per venue.
// Used on the I/O thread; allocates nothing per message.
#pragma once

#include "gateway/domain/names.hpp"
#include "sessions/codec/report_encoder.hpp"
#include "sessions/codec/venue_encoder.hpp"
#include "sessions/words.hpp"

namespace sluice {

class CodecClientWords final : public ClientWords {
public:
    CodecClientWords(FixVersion version, const Instance& instance)
        : version_(version), encoder_(version, instance) {}

    Command decode(std::string_view message) override;
    void decode_list(std::string_view message, std::vector<Command>& out) override;
    std::string_view encode(const Report& report, const OutgoingHeader& header) override;

private:
    FixVersion version_;
    codec::ReportEncoder encoder_;
};

class CodecVenueWords final : public VenueWords {
public:
    CodecVenueWords(FixVersion version, const Instance& instance)
        : version_(version), instance_(instance), encoder_(version, instance) {}

    std::string_view encode(const VenueRequest& request, const OutgoingHeader& header) override;
    // A message about an order that cannot be read becomes an event of no known order whose text
    // says what is wrong: an operator must see it.
    std::optional<VenueEvent> decode(std::string_view message, VenueId venue) override;

private:
    FixVersion version_;
    Instance instance_;
    codec::VenueEncoder encoder_;
};

}  // namespace sluice
