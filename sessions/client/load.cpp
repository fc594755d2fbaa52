#include "sessions/client/load.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

#include <fmt/format.h>
#include <poll.h>

#include "sessions/client/fix_text.hpp"

namespace sluice::client {
namespace {

using Ran = Result<LoadResult, std::string>;

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}
std::int64_t utc_ns() {
    return std::chrono::system_clock::now().time_since_epoch().count();
}

constexpr std::int64_t kAnswered = -1;
constexpr std::int64_t kReplyLimitNs = 10'000'000'000;

class Run {
public:
    Run(FixClient& client, const LoadPlan& plan)
        : client_(client), plan_(plan), prefix_(fmt::format("B{}-", utc_ns() / 1'000'000)) {
        const std::uint64_t total = plan.warmup + plan.orders;
        sent_at_.assign(total, 0);
        std::mt19937_64 random(plan.seed);
        std::exponential_distribution<double> gap(1.0);
        double at = 0;
        due_.reserve(plan.rate > 0 ? total : 0);
        for (std::uint64_t i = 0; plan.rate > 0 && i < total; ++i) {
            at += (plan.poisson ? gap(random) : 1.0) * 1e9 / plan.rate;
            due_.push_back(static_cast<std::int64_t>(at));
        }
    }

    Ran go() {
        const std::uint64_t total = sent_at_.size();
        start_ns_ = now_ns();
        std::int64_t last_reply = start_ns_;
        while (answered_ < total && problem_.empty()) {
            while (next_ < total && may_send()) {
                send_next();
            }
            const std::uint64_t before = answered_;
            read_replies();
            const std::int64_t now = now_ns();
            last_reply = answered_ != before || next_ == answered_ ? now : last_reply;
            if (now - last_reply > kReplyLimitNs) {
                problem_ = fmt::format("{} of {} orders got no reply within 10 s",
                                       next_ - answered_, next_);
            }
        }
        if (!problem_.empty()) {
            return Ran::failure(problem_);
        }
        result_.seconds = static_cast<double>(last_reply_ns_ - measured_from_ns_) / 1e9;
        return std::move(result_);
    }

private:
    bool may_send() const {
        if (!problem_.empty()) {
            return false;
        }
        if (due_.empty()) {
            return next_ - answered_ < plan_.outstanding;
        }
        return now_ns() >= start_ns_ + due_[next_];
    }

    void send_next() {
        const std::int64_t now = now_ns();
        const std::int64_t intended = due_.empty() ? now : start_ns_ + due_[next_];
        if (next_ == plan_.warmup) {
            measured_from_ns_ = intended;
        }
        if (next_ >= plan_.warmup) {
            result_.lateness.record(now - intended);
        }
        sent_at_[next_] = intended;
        body_.clear();
        fmt::format_to(std::back_inserter(body_), "11={}{}|60={}|{}", prefix_, next_, timestamp(),
                       plan_.order);
        ++next_;
        if (client_.send("D", body_) == 0) {
            problem_ = "the connection ended: " + client_.close_text();
        }
    }

    // Formatting a time costs more than an order; a tenth of a second is fine enough for
    // TransactTime(60).
    const std::string& timestamp() {
        const std::int64_t now = utc_ns();
        if (now - timestamp_ns_ > 100'000'000) {
            timestamp_ns_ = now;
            timestamp_ = utc_timestamp(now);
        }
        return timestamp_;
    }

    void read_replies() {
        while (auto message = client_.receive_now()) {
            const std::int64_t now = now_ns();
            if (message->type == "8") {
                take_report(*message, now);
            } else if (message->type == "j") {
                ++result_.business_rejects;
                answer(message->field(379), now);
            }
            if (!problem_.empty()) {
                return;
            }
        }
        if (client_.closed()) {
            problem_ = "the connection ended: " + client_.close_text();
        }
    }

    void take_report(const FixMessage& message, std::int64_t now) {
        const std::string_view type = message.field(150);
        if (type == "0") {
            ++result_.accepted;
            answer(message.field(11), now);
        } else if (type == "8") {
            ++result_.rejected;
            answer(message.field(11), now);
        }
    }

    void answer(std::string_view cl_ord_id, std::int64_t now) {
        std::uint64_t index = sent_at_.size();
        if (cl_ord_id.starts_with(prefix_)) {
            const std::string_view number = cl_ord_id.substr(prefix_.size());
            std::from_chars(number.data(), number.data() + number.size(), index);
        }
        if (index >= next_) {
            problem_ = fmt::format("a reply names ClOrdID(11)={}, which was not sent", cl_ord_id);
            return;
        }
        if (sent_at_[index] == kAnswered) {
            problem_ = fmt::format("a second reply for ClOrdID(11)={}", cl_ord_id);
            return;
        }
        if (index >= plan_.warmup) {
            result_.latency.record(now - sent_at_[index]);
        }
        sent_at_[index] = kAnswered;
        last_reply_ns_ = now;
        ++answered_;
    }

    FixClient& client_;
    const LoadPlan& plan_;
    std::string prefix_;
    std::string body_;
    std::string timestamp_;
    std::int64_t timestamp_ns_ = 0;
    std::vector<std::int64_t> due_;      // since the start, open loop only
    std::vector<std::int64_t> sent_at_;  // intended time, then kAnswered
    std::uint64_t next_ = 0;
    std::uint64_t answered_ = 0;
    std::int64_t start_ns_ = 0;
    std::int64_t measured_from_ns_ = 0;
    std::int64_t last_reply_ns_ = 0;
    std::string problem_;
    LoadResult result_;
};

}  // namespace

Ran run_load(FixClient& client, const LoadPlan& plan) {
    return Run(client, plan).go();
}

}  // namespace sluice::client
