#include "sessions/transport/resolver.hpp"

#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <netdb.h>
#include <sys/eventfd.h>

namespace sluice::transport {

struct Resolver::Mailbox {
    struct Question {
        std::uint64_t ticket;
        std::string host;
        std::uint16_t port;
    };
    std::mutex mutex;
    std::condition_variable asked;
    std::deque<Question> questions;
    std::vector<std::pair<std::uint64_t, Answer>> answers;
    bool stopped = false;
    Fd event{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
};

namespace {

Resolver::Answer look_up(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0) {
        return Resolver::Answer::failure("cannot resolve '" + host + "': " + ::gai_strerror(error));
    }
    std::vector<SocketAddress> addresses;
    for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
        addresses.push_back(SocketAddress::from(entry->ai_addr, entry->ai_addrlen));
    }
    ::freeaddrinfo(found);
    return addresses;
}

}  // namespace

Resolver::Resolver(Reactor& reactor) : reactor_(reactor), mailbox_(std::make_shared<Mailbox>()) {
    if (!mailbox_->event.is_open()) {
        throw std::system_error(errno, std::generic_category(), "eventfd");
    }
    reactor_.watch(mailbox_->event.get(), EPOLLIN, *this);
}

Resolver::~Resolver() {
    reactor_.unwatch(mailbox_->event.get(), *this);
    const std::lock_guard lock(mailbox_->mutex);
    mailbox_->stopped = true;
    mailbox_->asked.notify_one();
}

Resolver::Ticket Resolver::resolve(const std::string& host, std::uint16_t port, Callback callback) {
    if (!std::exchange(started_, true)) {
        std::thread([mailbox = mailbox_] { work(mailbox); }).detach();
    }
    const std::uint64_t ticket = ++last_ticket_;
    waiting_.emplace(ticket, std::move(callback));
    const std::lock_guard lock(mailbox_->mutex);
    mailbox_->questions.push_back({ticket, host, port});
    mailbox_->asked.notify_one();
    return static_cast<Ticket>(ticket);
}

void Resolver::forget(Ticket ticket) {
    waiting_.erase(static_cast<std::uint64_t>(ticket));
}

void Resolver::work(const std::shared_ptr<Mailbox>& mailbox) {
    std::unique_lock lock(mailbox->mutex);
    while (true) {
        mailbox->asked.wait(lock, [&] { return mailbox->stopped || !mailbox->questions.empty(); });
        if (mailbox->stopped) {
            return;
        }
        const auto question = std::move(mailbox->questions.front());
        mailbox->questions.pop_front();
        lock.unlock();
        auto answer = look_up(question.host, question.port);
        lock.lock();
        mailbox->answers.emplace_back(question.ticket, std::move(answer));
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto n = ::write(mailbox->event.get(), &one, sizeof one);
    }
}

void Resolver::on_ready(std::uint32_t) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto n = ::read(mailbox_->event.get(), &count, sizeof count);
    std::vector<std::pair<std::uint64_t, Answer>> answers;
    {
        const std::lock_guard lock(mailbox_->mutex);
        answers.swap(mailbox_->answers);
    }
    for (auto& [ticket, answer] : answers) {
        auto waiting = waiting_.extract(ticket);
        if (!waiting.empty()) {
            waiting.mapped()(std::move(answer));
        }
    }
}

}  // namespace sluice::transport
