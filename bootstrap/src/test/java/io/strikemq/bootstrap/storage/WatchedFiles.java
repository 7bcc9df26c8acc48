package io.strikemq.bootstrap.storage;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The real file system, seen through paths that tell a test of every change before it is made: the test looks at what
 * a process would leave that dies there, or lets the change fail.
 */
final class WatchedFiles extends FileSystemProvider {
    private final WatchedFileSystem fileSystem = new WatchedFileSystem(this);
    private Watcher watcher = (operation, path) -> {};

    /** Is told of a change to a real path, and may refuse it. */
    @FunctionalInterface
    interface Watcher {
        void before(String operation, Path path) throws IOException;
    }

    /** From now on {@code newWatcher} is told. */
    void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    /** A real path as one that is watched. */
    Path watched(Path real) {
        return (Path)
                Proxy.newProxyInstance(Path.class.getClassLoader(), new Class<?>[] {Path.class}, new WatchedPath(real));
    }

    static Path real(Object path) {
        return ((WatchedPath) Proxy.getInvocationHandler(path)).real;
    }

    /** Answers what the real path answers; paths that go in are made real, those that come out are watched. */
    private final class WatchedPath implements InvocationHandler {
        private final Path real;

        WatchedPath(Path real) {
            this.real = real;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "getFileSystem":
                    return fileSystem;
                case "iterator":
                    return StreamSupport.stream(real.spliterator(), false)
                            .map(WatchedFiles.this::watched)
                            .iterator();
                case "equals":
                    return isWatched(arguments[0]) && real.equals(real(arguments[0]));
                default:
                    return answer(method, arguments);
            }
        }

        private Object answer(Method method, Object[] arguments) throws Throwable {
            Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < unwrapped.length; i++) {
                unwrapped[i] = isWatched(unwrapped[i]) ? real(unwrapped[i]) : unwrapped[i];
            }
            try {
                Object answer = method.invoke(real, unwrapped);
                return answer instanceof Path path ? watched(path) : answer;
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }
    }

    private static boolean isWatched(Object candidate) {
        return candidate != null
                && Proxy.isProxyClass(candidate.getClass())
                && Proxy.getInvocationHandler(candidate) instanceof WatchedPath;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = real(path);
        if (!options.contains(StandardOpenOption.WRITE) && !Files.isDirectory(file)) {
            return FileChannel.open(file, options, attributes);
        }
        if (options.contains(StandardOpenOption.WRITE)) {
            watcher.before("open", file);
        }
        FileChannel channel = FileChannel.open(file, options, attributes);
        // Newer JDKs map segments by a method that cannot be passed on from code for Java 17.
        return file.toString().endsWith(".log")
                ? channel
                : new WatchedChannel(channel, operation -> watcher.before(operation, file));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        watcher.before("create", real(directory));
        Files.createDirectory(real(directory), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        watcher.before("delete", real(path));
        Files.delete(real(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        watcher.before("move", real(source));
        Files.move(real(source), real(target), options);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        watcher.before("link", real(link));
        Files.createLink(real(link), real(existing));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        watcher.before("copy", real(source));
        Files.copy(real(source), real(target), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> entries =
                Files.newDirectoryStream(real(directory), entry -> filter.accept(watched(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return StreamSupport.stream(entries.spliterator(), false)
                        .map(WatchedFiles.this::watched)
                        .iterator();
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path file = real(path);
        file.getFileSystem().provider().checkAccess(file, modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return Files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Files.readAttributes(real(path), attributes, options);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        Files.setAttribute(real(path), attribute, value, options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return Files.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return Files.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return Files.getFileStore(real(path));
    }

    @Override
    public String getScheme() {
        return "watched";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        return watched(Path.of(uri.getPath()));
    }
}
