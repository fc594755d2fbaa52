#include "sessions/client/load.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <vector>

#include <fmt/format.h>
#include <sys/epoll.h>

#include "gateway/domain/check.hpp"
#include "sessions/client/order_stream.hpp"
#include "sessions/transport/fd.hpp"

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
    Run(std::span<FixClient* const> clients, const LoadPlan& plan) : plan_(plan) {
        const std::string prefix = fmt::format("B{}-", utc_ns() / 1'000'000);
        for (FixClient* client : clients) {
            streams_.push_back(std::make_unique<OrderStream>(*client, prefix, plan.order));
        }
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
        watch();
    }

    Ran go() {
        const std::uint64_t total = sent_at_.size();
        now_ = start_ns_ = now_ns();
        last_progress_ns_ = start_ns_;
        while (answered_ < total && problem_.empty()) {
            send_due();
            const bool came = streams_.size() == 1 && !plan_.blocking ? read(0) : read_ready();
            now_ = now_ns();
            if (came || next_ == answered_) {
                last_progress_ns_ = now_;
            } else if (now_ - last_progress_ns_ > kReplyLimitNs) {
                problem_ = fmt::format("{} of {} orders got no reply within 10 s",
                                       next_ - answered_, next_);
            }
        }
        if (!problem_.empty()) {
            return Ran::failure(problem_);
        }
        for (const auto& stream : streams_) {
            result_.refusal = result_.refusal.empty() ? stream->refusal() : result_.refusal;
        }
        result_.seconds = static_cast<double>(last_reply_ns_ - measured_from_ns_) / 1e9;
        return std::move(result_);
    }

private:
    void watch() {
        epoll_ = transport::Fd(::epoll_create1(EPOLL_CLOEXEC));
        for (std::size_t i = 0; i < streams_.size(); ++i) {
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            GW_CHECK(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, streams_[i]->fd(), &event) == 0);
        }
    }

    bool may_send() const {
        if (next_ == sent_at_.size()) {
            return false;
        }
        return due_.empty() ? next_ - answered_ < plan_.outstanding
                            : now_ >= start_ns_ + due_[next_];
    }

    // All that is due, one write a session.
    void send_due() {
        if (!may_send()) {
            return;
        }
        const std::int64_t utc = utc_ns();
        const std::uint64_t first = next_;
        for (; may_send(); ++next_) {
            const std::int64_t intended = due_.empty() ? now_ : start_ns_ + due_[next_];
            if (next_ == plan_.warmup) {
                measured_from_ns_ = intended;
            }
            if (next_ >= plan_.warmup) {
                result_.lateness.record(now_ - intended);
            }
            sent_at_[next_] = intended;
            streams_[next_ % streams_.size()]->put(next_, utc);
        }
        const std::uint64_t used = std::min<std::uint64_t>(next_ - first, streams_.size());
        for (std::uint64_t i = first; i < first + used; ++i) {
            if (!streams_[i % streams_.size()]->flush()) {
                problem_ = "a connection ended";
            }
        }
    }

    bool read_ready() {
        epoll_event events[64];
        const int count = ::epoll_wait(epoll_.get(), events, 64, sleep_ms());
        bool came = false;
        for (int i = 0; i < count; ++i) {
            came = read(static_cast<std::size_t>(events[i].data.u64)) || came;
        }
        return came;
    }

    // An open loop that sleeps wakes for its next order; the rest of a millisecond it spins.
    int sleep_ms() const {
        if (!plan_.blocking) {
            return 0;
        }
        if (due_.empty() || next_ == due_.size()) {
            return 1'000;
        }
        const std::int64_t left = start_ns_ + due_[next_] - now_;
        return left <= 0 ? 0 : static_cast<int>(left / 1'000'000);
    }

    bool read(std::size_t at) {
        OrderStream& stream = *streams_[at];
        if (!stream.read()) {
            problem_ = stream.closed() ? "a connection ended" : problem_;
            return false;
        }
        const std::int64_t now = now_ns();
        LoadReply reply;
        while (stream.next(reply)) {
            take(reply, now);
        }
        if (!stream.problem().empty()) {
            problem_ = stream.problem();
        }
        return true;
    }

    void take(const LoadReply& reply, std::int64_t now) {
        if (reply.index >= next_ || sent_at_[reply.index] == kAnswered) {
            problem_ = fmt::format("order {} was answered twice or never sent", reply.index);
            return;
        }
        switch (reply.kind) {
            case LoadReply::Kind::Accepted:
                ++result_.accepted;
                break;
            case LoadReply::Kind::Rejected:
                ++result_.rejected;
                break;
            default:
                ++result_.business_rejects;
                break;
        }
        if (reply.index >= plan_.warmup) {
            result_.latency.record(now - sent_at_[reply.index]);
        }
        sent_at_[reply.index] = kAnswered;
        last_reply_ns_ = now;
        ++answered_;
    }

    const LoadPlan& plan_;
    transport::Fd epoll_;
    std::vector<std::unique_ptr<OrderStream>> streams_;
    std::vector<std::int64_t> due_;      // since the start, open loop only
    std::vector<std::int64_t> sent_at_;  // intended time, then kAnswered
    std::uint64_t next_ = 0;
    std::uint64_t answered_ = 0;
    std::int64_t now_ = 0;
    std::int64_t start_ns_ = 0;
    std::int64_t measured_from_ns_ = 0;
    std::int64_t last_reply_ns_ = 0;
    std::int64_t last_progress_ns_ = 0;
    std::string problem_;
    LoadResult result_;
};

}  // namespace

Ran run_load(std::span<FixClient* const> clients, const LoadPlan& plan) {
    return Run(clients, plan).go();
}

}  // namespace sluice::client
