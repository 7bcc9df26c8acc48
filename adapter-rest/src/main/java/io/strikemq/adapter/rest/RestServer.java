package io.strikemq.adapter.rest;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.JavalinServlet;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST API on its own port: {@link #bind} takes the port, {@link #start} begins to answer, {@link #close} ends it.
 *
 * <p>Between bind and start, connections wait in the kernel's queue, so that Jetty, which takes longer to come up than
 * all the rest of the broker, may start beside it. Javalin runs as a plain servlet: sessions, web sockets and static
 * files, which its own server sets up, would cost a third of the start-up.
 */
public final class RestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    private final RestSettings settings;
    private final Routes routes;
    private final MemoryBudget budget;
    private final ServerSocketChannel socket;
    private final int port;
    private HttpEngine engine;
    private boolean closed;

    private RestServer(RestSettings settings, Routes routes, ServerSocketChannel socket, int port) {
        this.settings = settings;
        this.routes = routes;
        this.budget = new MemoryBudget(settings.limits().memoryBytes());
        this.socket = socket;
        this.port = port;
    }

    /**
     * Takes the port.
     *
     * @throws IOException with one sentence for the user, when the port or the address cannot be had
     */
    public static RestServer bind(RestSettings settings, List<RestApi> apis) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.bindAddress(), settings.port());
        if (address.isUnresolved()) {
            throw new IOException("the address '" + settings.bindAddress() + "' of the REST API is not known");
        }
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.bind(address, HttpEngine.BACKLOG);
            int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
            return new RestServer(settings, new Routes(settings, apis), socket, port);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "the REST API cannot listen on port " + settings.port() + " of " + settings.bindAddress() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * From the next call on these answer, in place of those that answered before, with the same methods and paths. Calls
     * under way are answered by whom they began with. Callable from any thread.
     */
    public void replaceApis(List<RestApi> apis) {
        routes.replace(apis);
    }

    /** The port, also where a free one was asked for. */
    public int port() {
        return port;
    }

    /** How much memory the bodies and answers of all calls take at the moment. */
    long memoryUsed() {
        return budget.used();
    }

    /** Begins to answer. Call it once; it may run on another thread than the rest of the start-up. */
    public synchronized void start() {
        if (closed) {
            return;
        }
        if (engine != null) {
            throw new IllegalStateException("the REST API was started before");
        }
        // Both load hundreds of classes of their own, so they do it beside each other.
        CompletableFuture<Servlet> javalin = CompletableFuture.supplyAsync(this::javalin, RestServer::beside);
        ServletContextHandler context =
                new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS | ServletContextHandler.NO_SECURITY);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        engine = new HttpEngine(socket, context, settings, budget);
        context.addServlet(new ServletHolder(javalin.join()), "/*");
        engine.start();
    }

    /** Ends: calls that are under way are answered, new ones get 503, then all connections and threads are gone. */
    @Override
    public synchronized void close() {
        closed = true;
        if (engine != null) {
            engine.stop();
            engine = null;
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("closing the REST port {}", port, e);
        }
    }

    /** Runs the task on a thread of its own, which looks up the time zone then: Jetty asks for that last of all. */
    private static void beside(Runnable task) {
        Runnable andZone = () -> {
            task.run();
            ZoneId.systemDefault();
        };
        new Thread(andZone, "rest-start").start();
    }

    private Servlet javalin() {
        return new PlainServlet(new JavalinServlet(Javalin.create(this::configure).unsafe));
    }

    /**
     * A servlet without the annotations that the other has. Jetty looks for some that it knows, and for that the JDK would
     * make a class of each.
     */
    private static final class PlainServlet extends GenericServlet {
        private static final long serialVersionUID = 1;

        private final transient Servlet servlet;

        PlainServlet(Servlet servlet) {
            this.servlet = servlet;
        }

        @Override
        public void init() throws ServletException {
            servlet.init(getServletConfig());
        }

        @Override
        public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            servlet.service(request, response);
        }

        @Override
        public void destroy() {
            servlet.destroy();
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = Json.CONTENT_TYPE;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.javaLangErrorHandler(RestServer::answerError);
        routes.declareOn(config.routes);
    }

    private static void answerError(HttpServletResponse response, Error error) {
        LOG.error("a request of the REST API failed", error);
        response.setStatus(500);
        response.setContentType(Json.CONTENT_TYPE);
        try {
            response.getOutputStream().write(Json.error("internal error; the broker's log has the details"));
        } catch (IOException e) {
            LOG.debug("the client is gone", e);
        }
    }
}
