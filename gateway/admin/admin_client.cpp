#include "gateway/admin/admin_client.hpp"

#include <chrono>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace sluice {

Result<AdminAnswer, AdminCallFailure> admin_call(const std::string& socket_path,
                                                 const std::string& method,
                                                 const std::string& target,
                                                 const std::string& body,
                                                 int timeout_seconds) {
    namespace asio = boost::asio;
    namespace beast = boost::beast;
    namespace http = boost::beast::http;
    using Called = Result<AdminAnswer, AdminCallFailure>;
    using Local = asio::local::stream_protocol;

    asio::io_context context;
    beast::basic_stream<Local> stream(context);
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(std::uint64_t{256} << 20U);
    http::request<http::string_body> request(http::string_to_verb(method), target, 11);
    request.set(http::field::host, "sluice");
    request.set(http::field::content_type, "application/json");
    request.keep_alive(false);
    request.body() = body;
    request.prepare_payload();

    boost::system::error_code error;
    bool connected = false;
    stream.expires_after(std::chrono::seconds(timeout_seconds));
    stream.async_connect(Local::endpoint(socket_path), [&](auto connect_error) {
        error = connect_error;
        if (error) {
            return;
        }
        connected = true;
        http::async_write(stream, request, [&](auto write_error, std::size_t) {
            error = write_error;
            if (error) {
                return;
            }
            http::async_read(stream, buffer, parser,
                             [&](auto read_error, std::size_t) { error = read_error; });
        });
    });
    context.run();

    if (error == beast::error::timeout) {
        return Called::failure(
            {AdminCallError::TimedOut,
             socket_path + ": no answer in " + std::to_string(timeout_seconds) + " s"});
    }
    if (error && !connected) {
        return Called::failure({AdminCallError::Unreachable, socket_path + ": " + error.message()});
    }
    if (error) {
        return Called::failure({AdminCallError::BadAnswer, socket_path + ": " + error.message()});
    }
    return AdminAnswer{static_cast<int>(parser.get().result_int()), parser.get().body()};
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kPlain = "-._~";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || kPlain.find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

}  // namespace sluice
