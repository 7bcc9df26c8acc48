package io.strikemq.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * Loads the broker and its libraries from where nobody else looks. It knows the JDK and the domain, which it has from the
 * embedder's own loader, and nothing else of the process; nothing of the process knows its classes.
 */
final class HiddenClassLoader extends ClassLoader {
    private static final String SHARED = "io.strikemq.domain.";
    private static final String HIDDEN_CLASS = ".classdata";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader embedder;
    private final HiddenFiles files;
    private final URLStreamHandler handler = new Handler();

    HiddenClassLoader(ClassLoader embedder, HiddenFiles files) {
        super("strikemq", ClassLoader.getPlatformClassLoader());
        this.embedder = embedder;
        this.files = files;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(SHARED)) {
            return embedder.loadClass(name);
        }
        // Ours first: the JDK would be searched in vain for each of them.
        return name.startsWith("java.") ? super.loadClass(name, resolve) : loadHidden(name);
    }

    private Class<?> loadHidden(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            Optional<byte[]> bytes = files.read(name.replace('.', '/') + HIDDEN_CLASS);
            return bytes.isPresent() ? define(name, bytes.get()) : super.loadClass(name, false);
        }
    }

    private Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length, HiddenClassLoader.class.getProtectionDomain());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        throw new ClassNotFoundException(name);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        try {
            InputStream in = files.open(hiddenName(name));
            return in == null ? super.getResourceAsStream(name) : in;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected URL findResource(String name) {
        String hidden = hiddenName(name);
        try (InputStream in = files.open(hidden)) {
            return in == null ? null : new URL("strikemq", null, -1, "/" + hidden, handler);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(name, e);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL resource = findResource(name);
        return Collections.enumeration(resource == null ? List.of() : List.of(resource));
    }

    private static String hiddenName(String name) {
        String suffix = ".class";
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) + HIDDEN_CLASS : name;
    }

    /** Opens what {@link #findResource} found. */
    private final class Handler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    // The files are open.
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    InputStream in = files.open(url.getPath().substring(1));
                    if (in == null) {
                        throw new FileNotFoundException(url.toString());
                    }
                    return in;
                }
            };
        }
    }
}
