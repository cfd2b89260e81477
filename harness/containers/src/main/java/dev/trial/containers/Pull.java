package dev.trial.containers;

import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An image on its way, of which it is known whether anything has come yet. */
final class Pull extends PullImageResultCallback {
  private final CountDownLatch begun = new CountDownLatch(1);

  @Override
  public void onNext(PullResponseItem item) {
    begun.countDown();
    super.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    begun.countDown();
    super.onError(failure);
  }

  @Override
  public void onComplete() {
    begun.countDown();
    super.onComplete();
  }

  boolean begunWithin(long timeoutMs) throws InterruptedException {
    return begun.await(timeoutMs, TimeUnit.MILLISECONDS);
  }
}
