#include "gateway/admin/admin_server.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Local = asio::local::stream_protocol;
using Stream = beast::basic_stream<Local>;

constexpr std::size_t kMaxBody = 1 << 20;
constexpr auto kIdleLimit = std::chrono::seconds(10);

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
                text.data() + i + 3) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

void read_target(std::string_view target, AdminRequest& out) {
    const auto mark = target.find('?');
    out.path = percent_decoded(target.substr(0, mark));
    if (mark == std::string_view::npos) {
        return;
    }
    std::string_view rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        out.query[percent_decoded(pair.substr(0, equals))] =
            equals == std::string_view::npos ? "" : percent_decoded(pair.substr(equals + 1));
    }
}

// Who sits at the other end, from the kernel.
void read_peer(int socket, AdminRequest& out) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        out.user = "unknown";
        return;
    }
    out.uid = peer.uid;
    out.pid = peer.pid;
    std::array<char, 1024> text{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(peer.uid, &entry, text.data(), text.size(), &found) == 0 && found != nullptr) {
        out.user = found->pw_name;
    } else {
        out.user = "uid " + std::to_string(peer.uid);
    }
}

// One caller: read a request, answer it, read the next.
class Caller : public std::enable_shared_from_this<Caller> {
public:
    Caller(Local::socket socket, const AdminServer::Handler& handler)
        : stream_(std::move(socket)), handler_(handler) {}

    void read() {
        parser_.emplace();
        parser_->body_limit(kMaxBody);
        stream_.expires_after(kIdleLimit);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](auto error, std::size_t) {
                             if (!error) {
                                 self->answer();
                             }
                         });
    }

private:
    void answer() {
        const auto& message = parser_->get();
        AdminRequest request;
        request.method = std::string(message.method_string());
        read_target({message.target().data(), message.target().size()}, request);
        request.body = message.body();
        read_peer(stream_.socket().native_handle(), request);
        const AdminResponse answer = handler_(request);

        response_.emplace(static_cast<http::status>(answer.status), message.version());
        response_->set(http::field::content_type, "application/json");
        response_->keep_alive(message.keep_alive());
        response_->body() = answer.body;
        response_->prepare_payload();
        stream_.expires_after(kIdleLimit);
        http::async_write(stream_, *response_,
                          [self = shared_from_this()](auto error, std::size_t) {
                              if (!error && self->response_->keep_alive()) {
                                  self->read();
                              }
                          });
    }

    Stream stream_;
    const AdminServer::Handler& handler_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<http::response<http::string_body>> response_;
};

}  // namespace

struct AdminServer::State {
    State(std::string socket_path, Handler on_request)
        : path(std::move(socket_path)), handler(std::move(on_request)) {}

    void accept() {
        acceptor.async_accept([this](auto error, Local::socket socket) {
            if (error == asio::error::operation_aborted) {
                return;
            }
            if (!error) {
                std::make_shared<Caller>(std::move(socket), handler)->read();
            }
            accept();
        });
    }

    std::string path;
    Handler handler;
    asio::io_context context{1};
    Local::acceptor acceptor{context};
    std::thread thread;
};

Result<std::unique_ptr<AdminServer>, std::string> AdminServer::start(const std::string& socket_path,
                                                                     unsigned mode,
                                                                     Handler handler) {
    using Started = Result<std::unique_ptr<AdminServer>, std::string>;
    auto failed = [&socket_path](const std::string& why) {
        return Started::failure("admin socket " + socket_path + ": " + why);
    };
    constexpr std::size_t kPathMax = sizeof(sockaddr_un::sun_path) - 1;
    if (socket_path.size() > kPathMax) {
        return failed("the path is longer than " + std::to_string(kPathMax) + " characters");
    }
    auto state = std::make_unique<State>(socket_path, std::move(handler));
    const Local::endpoint endpoint(socket_path);
    boost::system::error_code error;
    {
        Local::socket probe(state->context);
        probe.connect(endpoint, error);
        if (!error) {
            return failed("another process serves it");
        }
        ::unlink(socket_path.c_str());
    }
    state->acceptor.open(endpoint.protocol(), error);
    if (!error) {
        // The file must never be wider than `mode`, not even between bind and chmod.
        const mode_t before = ::umask(0177);
        state->acceptor.bind(endpoint, error);
        ::umask(before);
    }
    if (!error) {
        state->acceptor.listen(64, error);
    }
    if (error) {
        return failed(error.message());
    }
    if (::chmod(socket_path.c_str(), mode) != 0) {
        return failed(std::string("mode cannot be set: ") + std::strerror(errno));
    }
    state->accept();
    state->thread = std::thread([raw = state.get()] { raw->context.run(); });
    return std::unique_ptr<AdminServer>(new AdminServer(std::move(state)));
}

AdminServer::AdminServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

AdminServer::~AdminServer() {
    state_->context.stop();
    state_->thread.join();
    ::unlink(state_->path.c_str());
}

}  // namespace sluice
